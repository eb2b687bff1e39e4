"""A chart from the table an editor pastes: a name and a figure a line, as Word, Excel and reports give them. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from digest.errors import InputError
from digest.model import Bar, Chart, Issue
from digest.text import one_line
from digest.wire import content_hash

_REMEDY = "write the name, a TAB or ;, then the value, as in: Sở Y tế; 91,46%"
_SEPARATORS = ("\t", ";", "  ")  # the first that a line holds parts it
_SAID = re.compile(r"(nguồn|ghi chú|trục từ)\s*:\s*(.+)", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(([^()]{1,30})\)$")
_YEAR = r"(?:19|20)\d\d"
# What a column's head may hold beside words: a year, a month or quarter with it, a remark in brackets.
_IN_HEAD = re.compile(rf"\([^()]*\)|\b(?:\d{{1,2}}[/-])?{_YEAR}\b")
_NAMES_HEAD = re.compile(
    r"(?:s?tt|(?:tên )?(?:đơn vị|cơ quan|địa phương|sở,(?: ban,)? ngành|tỉnh|huyện|xã|lĩnh vực|chỉ tiêu|nội dung))",
    re.IGNORECASE,
)
_BARE_UNITS = ("%", "(%)")
_NO_FIGURE = re.compile(r"(?:chưa|không)\b.*|x|n/?a", re.IGNORECASE)
_FIGURE = re.compile(r"([-+−–]?) ?(\d[\d., ]*?) ?([^\d., ]\D{0,29})?", re.ASCII)
# 95,37 · 1.234 · 1.234,5 · 12 345: the comma is the decimal sign, dots and blanks part thousands.
_VIETNAMESE = re.compile(r"(\d+|[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?: \d{3})+)(?:,(\d+))?", re.ASCII)
_WITH_POINT = re.compile(r"(\d+)\.(\d+)")  # 81.41, as some programs print it whatever the country
_MOST_ROWS, _MOST_DECIMALS, _LARGEST = 500, 6, 1e12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figure:
    """A value as pasted: `style` is "point" (81.41), "dots" (1.234, which with points about could be either) or ""."""

    value: float
    decimals: int
    unit: str
    style: str


@dataclass(slots=True, kw_only=True)
class _Table:
    """What was read so far; a row is its name, its figure and its line's number."""

    title: str = ""
    unit: str = ""
    has_head: bool = False
    rows: list[tuple[str, _Figure, int]] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    start: float | None = None


def chart_from_table(text: str, *, title: str = "", start: float | None = None) -> Chart:
    """The chart of a pasted table; InputError names the line that cannot be read, and the remedy.

    A row is a name and a value, between them a TAB, a semicolon or two blanks; a column of counts before the names is
    passed over. The first line may be the title, a line of column heads may follow (its last brackets name the unit),
    and lines `Nguồn: …`, `Ghi chú: …` and `Trục từ: 50%` say what they say. Rows keep their order.
    """
    table = _Table(title=one_line(title), start=start)
    for number, line in _lines(text):
        _take(table, line, number)
    if not table.title:
        raise InputError("has no title; write it on a line of its own above the table", line=1)
    if not table.rows:
        raise InputError(f"has no row; {_REMEDY}", line=1)
    _refuse_two_meanings(table)
    return Chart(
        title=table.title,
        rows=tuple(Bar(name=name, value=figure.value) for name, figure, _ in table.rows),
        unit=_unit(table),
        start=table.start,
        decimals=max(figure.decimals for _, figure, _ in table.rows),
        source=table.said.get("nguồn"),
        note=table.said.get("ghi chú"),
    )


def with_chart(issue: Issue, number: int, chart: Chart) -> Issue:
    """The issue with the chart behind the others of the item of that number, hashed anew; InputError where none has it."""
    if number not in {item.number for section in issue.sections for item in section.items}:
        raise InputError(f"the issue has no item {number}", field="number")
    sections = tuple(
        replace(
            section,
            items=tuple(
                replace(item, charts=(*item.charts, chart)) if item.number == number else item for item in section.items
            ),
        )
        for section in issue.sections
    )
    charted = replace(issue, sections=sections)
    return replace(charted, hash=content_hash(charted))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        if one_line(line):
            yield number, line


def _cells(line: str) -> list[str]:
    """The cells in one line each; blanks at the ends part nothing, nor do empty columns beside the table."""
    trimmed = line.strip(" ")
    separator = next((known for known in _SEPARATORS if known in trimmed), None)
    cells = [one_line(cell) for cell in trimmed.split(separator)] if separator else [one_line(trimmed)]
    if separator == "  ":
        return [cell for cell in cells if cell]
    while len(cells) > 2 and not cells[-1]:
        cells.pop()
    while len(cells) > 2 and not cells[0]:
        del cells[0]
    return cells


def _take(table: _Table, line: str, number: int) -> None:
    """One line into the table."""
    cells = _cells(line)
    said = _SAID.fullmatch(one_line(line))
    if said and not _FIGURE.fullmatch(cells[-1]):
        _say(table, said[1].lower(), said[2], number)
    elif not (table.title or table.rows) and sum(map(bool, cells)) == 1:
        table.title = "".join(cells)
    elif len(cells) > 1 and not table.rows and not table.has_head and _is_head(cells):
        unit = _IN_BRACKETS.search(cells[-1])
        table.unit = unit[1].strip() if unit and not re.search(r"\d", unit[1]) else ""
        table.has_head = True
    elif len(cells) > 1:
        _add(table, cells, number)
    else:
        raise InputError(f"{_short(line)}: has no value; {_REMEDY}", line=number)


def _is_head(cells: list[str]) -> bool:
    """Whether the last cell heads a column. One that says that a figure is missing does not: its row would be lost."""
    last = cells[-1]
    if re.fullmatch(_YEAR, last):
        return bool(_NAMES_HEAD.fullmatch(cells[0]))
    words = _IN_HEAD.sub("", last)
    says_something = re.search(r"[^\W\d_]", words) or last in _BARE_UNITS
    return bool(says_something) and not re.search(r"\d", words) and not _NO_FIGURE.fullmatch(words.strip())


def _say(table: _Table, what: str, words: str, number: int) -> None:
    if what == "trục từ":
        table.start = _figure(words, number).value
    else:
        table.said[what] = words


def _add(table: _Table, cells: list[str], number: int) -> None:
    if len(cells) == 3 and re.fullmatch(r"\d{1,4}\.?", cells[0]):
        cells = cells[1:]
    if len(cells) != 2:
        raise InputError(f"has {len(cells)} columns where there are two; copy the names and one column", line=number)
    if not cells[0]:
        raise InputError(f"has no name; {_REMEDY}", line=number)
    if len(table.rows) == _MOST_ROWS:
        raise InputError(f"more than {_MOST_ROWS} rows; split the table into several charts", line=number)
    table.rows.append((cells[0], _figure(cells[1], number), number))


def _figure(words: str, number: int) -> _Figure:
    match = _FIGURE.fullmatch(words)
    if match:
        sign, digits, unit = match.groups()
        plain, point = _VIETNAMESE.fullmatch(digits), _WITH_POINT.fullmatch(digits)
        known = plain or point
        if known:
            whole, after = re.sub(r"\D", "", known[1]), known[2] or ""
            value = float(f"{whole}.{after or 0}") * (-1 if sign in {"-", "−", "–"} else 1)
            if value and (abs(value) > _LARGEST or len(after) > _MOST_DECIMALS):
                raise InputError(f"{_short(words)}: has too many digits to be shown; round it", line=number)
            style = "point" if not plain else "dots" if "." in digits and not after else ""
            return _Figure(value=value, decimals=len(after), unit=(unit or "").strip(), style=style)
    raise InputError(f"{_short(words)}: is no figure; write it as 95,37% or 1.234", line=number)


def _refuse_two_meanings(table: _Table) -> None:
    """1.234 beside 81.41: nobody can say whether it is more than a thousand."""
    if not any(figure.style == "point" for _, figure, _ in table.rows):
        return
    for _, figure, number in table.rows:
        if figure.style == "dots":
            message = "its dot could part thousands or decimals, as other lines' do; write decimals with a comma"
            raise InputError(message, line=number)


def _unit(table: _Table) -> str:
    """The one unit behind the values, else the one in the column's head."""
    known = ""
    for _, figure, number in table.rows:
        if figure.unit and known and figure.unit != known:
            raise InputError(f"is in {figure.unit!r}, the lines above in {known!r}; keep to one unit", line=number)
        known = known or figure.unit
    return known or table.unit


def _short(words: str) -> str:
    line = one_line(words)
    return repr(line if len(line) <= 40 else f"{line[:39]}…")
