"""How many items issues print by section, province, outlet and day, as charts. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from digest.model import SECTION_KEYS, Bar, Chart, Issue, Item
from digest.text import fold, sort_key

UNIT = "tin, bài"
_MOST_ROWS = 90  # two pages of bars


def by_section(issues: Sequence[Issue]) -> Chart | None:
    """A bar a section, in the order of print; None where no issue has an item, here and below.

    Of several versions of one issue only the last counts, and none of an issue that was recalled.
    """
    counts: Counter[str] = Counter()
    titles: dict[str, str] = {}
    known = _latest(issues)
    for section in (section for issue in known for section in issue.sections if section.items):
        counts[section.key] += len(section.items)
        titles.setdefault(section.key, section.title)
    order = sorted(titles, key=lambda key: SECTION_KEYS.index(key) if key in SECTION_KEYS else len(SECTION_KEYS))
    return _chart("mục", known, ((titles[key], counts[key]) for key in order))


def by_province(issues: Sequence[Issue]) -> Chart | None:
    """A bar a province, most items first; an item counts for each of its provinces."""
    known = _latest(issues)
    items = list(_items(known))
    chart = _chart("địa phương", known, _most_first(Counter(name for item in items for name in item.provinces)))
    nowhere = sum(not item.provinces for item in items)
    return replace(chart, note=f"{nowhere} tin, bài không gắn với địa phương nào.") if chart and nowhere else chart


def by_outlet(issues: Sequence[Issue], *, at_most: int = _MOST_ROWS) -> Chart | None:
    """A bar an outlet, most items first; what is beyond `at_most` bars is one bar. Own items have no outlet."""
    spellings: dict[str, str] = {}
    counts: Counter[str] = Counter()
    known = _latest(issues)
    items = list(_items(known))
    for outlet in (item.outlet for item in items if item.outlet):
        counts[spellings.setdefault(fold(outlet), outlet)] += 1
    rows = list(_most_first(counts))
    if len(rows) > at_most:
        rest = rows[at_most - 1 :]
        rows = [*rows[: at_most - 1], (f"{len(rest)} báo khác", sum(count for _, count in rest))]
    chart = _chart("báo", known, rows)
    unknown = sum(not item.outlet for item in items)
    return replace(chart, note=f"{unknown} tin, bài không ghi tên báo.") if chart and unknown else chart


def by_day(issues: Sequence[Issue]) -> Chart | None:
    """A bar a day of issue, the first day first; of more days than a chart takes, the last ones."""
    known = _latest(issues)
    days = sorted({issue.date for issue in known})[-_MOST_ROWS:]
    shown = [issue for issue in known if issue.date in days]
    counts = {day: sum(1 for _ in _items(issue for issue in shown if issue.date == day)) for day in days}
    rows = ((f"{day:%d/%m/%Y}", count) for day, count in counts.items())
    return _chart("ngày phát hành", shown, rows) if any(counts.values()) else None


def _latest(issues: Iterable[Issue]) -> list[Issue]:
    """The last version of each issue that is still out."""
    known: dict[tuple[str, object], Issue] = {}
    for issue in sorted(issues, key=lambda issue: issue.version):
        known[issue.profile, issue.date] = issue
    return [issue for issue in known.values() if issue.status != "recalled"]


def _items(issues: Iterable[Issue]) -> Iterator[Item]:
    return (item for issue in issues for section in issue.sections for item in section.items)


def _most_first(counts: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Names of one count stand in Vietnamese order."""
    yield from sorted(counts.items(), key=lambda known: (-known[1], sort_key(known[0])))


def _chart(what: str, issues: Iterable[Issue], rows: Iterable[tuple[str, int]]) -> Chart | None:
    bars = tuple(Bar(name=name, value=count) for name, count in rows)
    if not bars:
        return None
    first, last = (pick(issue.date for issue in issues) for pick in (min, max))
    when = f"ngày {first:%d/%m/%Y}" if first == last else f"từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}"
    return Chart(title=f"Số tin, bài theo {what}, {when}", rows=bars, unit=UNIT, decimals=0)


COUNTS: Mapping[str, Callable[[Sequence[Issue]], Chart | None]] = MappingProxyType(
    {"section": by_section, "province": by_province, "outlet": by_outlet, "day": by_day}
)
