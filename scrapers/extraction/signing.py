"""The end of a text: who signed it, which agency it was taken from. What stands there is no paragraph of it."""

import re
from collections.abc import Sequence

from scrapers.extraction.body import Line
from scrapers.extraction.byline import NOBODY, Byline, is_agency, is_office, looks_like_people, signature
from scrapers.extraction.outlet_mark import is_outlet_mark

_SOURCE = re.compile(r"(?:theo|nguồn(?: tin)?|tổng hợp(?: từ| theo)?)(?:\s*:\s*|\s+)(?P<whom>\S.{0,60})", re.IGNORECASE)
_DOMAIN = re.compile(r"\w\.(?:vn|com|net|org)\b")
_WITHIN = 5
_SHORT = 80
_STYLED = 60
_NAME_WORDS = range(2, 5)


def signed(lines: Sequence[Line], names: frozenset[str]) -> tuple[list[Line], Byline]:
    """The lines without the signature and what stands below it, and what these said.

    A line that only names a source, an agency or an office is a note. At least one line stays.
    """
    kept, note = list(lines), None
    for place in range(len(lines) - 1, max(len(lines) - 1 - _WITHIN, 0), -1):
        line = lines[place]
        if line.kind not in ("p", "h"):
            break
        found = signature(line.text, names)
        if found.author and (_styled(line) or _bare_name(found.author)):
            return kept[:place], Byline(author=found.author, note=found.note or note)
        if _names_a_source(line):
            kept, note = kept[:place], line.text.strip(" .") if _in_brackets(line.text) is None else _noted(line.text)
        elif _is_outlet(line.text, names) or (line.right and _is_short(line)):
            kept = kept[:place]
        elif not _styled(line) or len(line.text) > _STYLED:
            break
    return kept, Byline(note=note) if note else NOBODY


def _styled(line: Line) -> bool:
    return line.right or line.bold > 0.9 or line.italic > 0.9


def _is_short(line: Line) -> bool:
    return len(line.text) <= _SHORT and not (line.text.endswith(".") and len(line.text.split()) > 8)


def _is_outlet(text: str, names: frozenset[str]) -> bool:
    return len(text) <= _STYLED and is_outlet_mark(text.strip("() ."), names)


def _names_a_source(line: Line) -> bool:
    """`Theo TTXVN`, `Nguồn: Sở Nội vụ`, `(TTXVN/Vietnam+)`, and set apart from the text also `Phòng Văn hóa - Xã hội`."""
    inner = line.text.strip(" ()*")
    source = _SOURCE.fullmatch(inner)
    if source:
        whom = source["whom"]
        told = whom[:1].isupper() or bool(_DOMAIN.search(whom))
        return told and len(whom.split()) <= 9 and (not inner.endswith(".") or _styled(line))
    if is_agency(inner):
        return True
    return (_styled(line) or _in_brackets(line.text) is not None) and is_office(inner)


def _in_brackets(text: str) -> str | None:
    match = re.fullmatch(r"\(([^()]+)\)\.?", text.strip())
    return match[1] if match else None


def _noted(text: str) -> str:
    """`(Theo TTXVN)` → `Theo TTXVN`, as where it stands without brackets; `(TTXVN)` keeps them."""
    inner = _in_brackets(text) or text
    return inner if _SOURCE.fullmatch(inner) else text.strip().rstrip(".")


def _bare_name(text: str) -> bool:
    """Two to four capitalised words and nothing else: a name even without any styling."""
    return looks_like_people(text) and len(text.split()) in _NAME_WORDS and not text.endswith(".")
