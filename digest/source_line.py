"""An item's source line in the form of its profile. Pure."""

from datetime import date

from digest.model import Item
from digest.profile_parts import SourceLine


def source_line(item: Item, style: SourceLine) -> str:
    """`(Baolua.example 10/12, Lê Bến)` or `Lê Bến (Báo điện tử Lúa)`.

    What is not known is left out; an item that knows nothing has none.
    """
    day = _day(item.published, style) if style.date and item.published else ""
    place = " ".join(part for part in (item.outlet or "", day) if part)
    author = (item.author or "") if style.author else ""
    if style.form == "author-first":
        return " ".join(part for part in (author, f"({place})" if place else "") if part)
    line = ", ".join(part for part in (place, author) if part)
    return f"({line})" if line else ""


def _day(day: date, style: SourceLine) -> str:
    return f"{day.day:02d}/{day.month:02d}" if day.month in style.padded_months else f"{day.day:02d}/{day.month}"
