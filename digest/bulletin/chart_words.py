"""A chart read back from words: from its lines in a text file, or from what is read aloud in its drawing's place."""

import re
from collections.abc import Sequence

from digest.model import Bar, Chart

_NUMBER = r"-?\d{1,3}(?:\.\d{3})*(?:,\d+)?|-?\d+(?:,\d+)?"
_ROW = re.compile(rf"(?P<name>.+): (?P<value>{_NUMBER})(?P<unit>%?)")
_UNIT = re.compile(r"Đơn vị: (.+)\.")
_SOURCE = re.compile(r"Nguồn: (.+)")
_ALOUD = re.compile(r"Biểu đồ(?:, phần (?P<part>\d+)/\d+)?(?P<mark>[:.]) (?P<words>.+)\.", re.DOTALL)
_START = re.compile(rf"Trục bắt đầu từ (?P<start>{_NUMBER})%?\. ")
_BELOW = 3  # lines


def chart_of_lines(lines: Sequence[str]) -> Chart | None:
    """The chart that these lines are: title, rows, then unit, note and source as far as it has them."""
    if len(lines) < 2 or _ROW.fullmatch(lines[0]):
        return None
    count = next((at for at, line in enumerate(lines[1:]) if not _ROW.fullmatch(line)), len(lines) - 1)
    below = lines[1 + count :]
    if not count or len(below) > _BELOW:
        return None
    return chart_of(lines[0], [lines[1 : 1 + count]], below)


def chart_of_aloud(title: str, said: Sequence[str], below: Sequence[str]) -> Chart | None:
    """The chart of this title, whose bands are said with these words; None where they are no such words."""
    start: float | None = None
    rows: list[Sequence[str]] = []
    for words in said:
        aloud = _ALOUD.fullmatch(words)
        if aloud is None:
            return None
        told = aloud["words"]
        if aloud["mark"] == ":":
            told = told.removeprefix(f"{title}. ")
            if begins := _START.match(told):
                start, told = _value(begins["start"]), told[begins.end() :]
        rows.append(told.split("; "))
    return chart_of(title, rows, below, start=start)


def chart_of(
    title: str, bands: Sequence[Sequence[str]], below: Sequence[str], *, start: float | None = None
) -> Chart | None:
    """The chart of these rows, `name: value` each; None where one is none."""
    found = [_ROW.fullmatch(row) for band in bands for row in band]
    read = [one for one in found if one]
    if len(read) < len(found) or not read or len({one["unit"] for one in read}) > 1:
        return None
    known = {"unit": read[0]["unit"], "source": None, "note": None}
    for line in below:
        if unit := _UNIT.fullmatch(line):
            known["unit"] = unit[1]
        elif source := _SOURCE.fullmatch(line):
            known["source"] = source[1]
        elif known["note"] is None:
            known["note"] = line
        else:
            return None
    decimals = {len(one["value"].partition(",")[2]) for one in read}
    shown = max(decimals)
    values = [_value(one["value"]) for one in read]
    needed = max(len(repr(value).partition(".")[2].rstrip("0")) for value in values)
    return Chart(
        title=title,
        rows=tuple(Bar(name=one["name"], value=value) for one, value in zip(read, values, strict=True)),
        unit=known["unit"] or "",
        start=start,
        decimals=shown if shown > needed else None,
        source=known["source"],
        note=known["note"],
    )


def _value(text: str) -> float:
    return float(text.replace(".", "").replace(",", "."))
