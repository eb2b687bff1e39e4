"""`… (Baolua.example 10/12, Lê Bến) Về đầu trang./.`: where an item ends, and what its source line says."""

import re
from dataclasses import dataclass
from datetime import date

from digest.bulletin.by_lines import by_line_of

TO_TOP = "Về đầu trang"
_DOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*\.[a-z]{2,}", re.IGNORECASE)
_DATED = re.compile(
    r"(?P<outlet>.*?)\s*(?:ngày\s+)?(?<!\d)(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})(?:\s*[/.-]\s*(?P<year>\d{4}))?"
    r"(?:\s*[,;:–-]\s*(?P<author>.+))?",
    re.IGNORECASE,
)
# What names an outlet, where it gives no address of its own.
_OUTLET = re.compile(
    r"(?:báo|tạp chí|thời báo|đài|cổng|trang|bản tin|thông tấn|ttxvn|vov|vtv|chinhphu|vnexpress|vietnamnet|vietnam\+)(?=\W|$)",
    re.IGNORECASE,
)
_ACCORDING = re.compile(r"(?:theo|nguồn)\s*:?\s+(?=\S)", re.IGNORECASE)
_UNCLOSED = re.compile(r"\((?=[^()]{3,120}$)")
_CLOSING_MARK = r"(?:\s*\./\.)?"
_NAME = 100  # characters that the names below an own article have at most
_SENTENCE_ENDS = (".", "!", "?", ":", ";", "…", "”", '"')
_SENTENCE = re.compile(r"[.!?…:;][”\"’)\]]*\s+")
_DEEP = 4
_LONGEST = 200  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """What a source line says; `text` is the line itself. An `own` item's names its author alone."""

    text: str = ""
    outlet: str | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    author: str | None = None
    own: bool = False

    def published(self, issue_day: date) -> date | None:
        """The day it names, in the year that brings it nearest to the issue's; None for no day or one there is not."""
        if self.day is None or self.month is None:
            return None
        years = [self.year] if self.year else [issue_day.year + step for step in (-1, 0, 1)]
        days = [day for year in years if (day := _day(year, self.month, self.day))]
        return min(days, key=lambda day: abs(day - issue_day), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """The end of an item: the `words` before its source line, the source line, and whether a link to the top follows."""

    words: str
    source: SourceLine
    to_top: bool


def closing_of(text: str, labels: tuple[str, ...] = (TO_TOP,)) -> Closing | None:
    """The end of an item in this paragraph, None where none ends in it. `labels` are the words of links to the top."""
    before = _without_top(text, labels)
    rest = text.strip() if before is None else before
    closed = rest if before is None else _closed(rest)
    opening = _last_group(closed)
    if opening is not None:
        source = _read(closed[opening + 1 : -1].strip(), sure=before is not None, text=closed[opening:])
        named = _named_before(closed, opening) if before is not None and not (source and source.day) else None
        if named:
            return named
        if source:
            return Closing(words=closed[:opening].rstrip(), source=source, to_top=before is not None)
    if before is None:
        return None
    if rest and len(rest) <= _NAME and not rest.endswith(_SENTENCE_ENDS):
        return Closing(words="", source=SourceLine(text=rest, author=rest, own=True), to_top=True)
    return Closing(words=rest, source=SourceLine(), to_top=True)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _without_top(text: str, labels: tuple[str, ...]) -> str | None:
    """The text before the link to the top; None where no such link ends it."""
    for label in labels:
        if not label:
            continue
        link = rf"\[?{re.escape(label)}{_CLOSING_MARK}\]?(?:\(#[^)]*\))?{_CLOSING_MARK}\s*$"
        if found := re.search(link, text, re.IGNORECASE):
            return text[: found.start()].strip()
    return None


def _closed(text: str) -> str:
    """The text before a link to the top, with the bracket that its source line may lack and without a full stop."""
    plain = text.rstrip(" .;") if text.rstrip(" .;").endswith(")") else text
    unclosed = _UNCLOSED.search(plain)
    return f"{plain})" if unclosed and _DATED.fullmatch(plain[unclosed.end() :].rstrip(" .")) else plain


def _last_group(text: str) -> int | None:
    """Where the bracket opens that the text's last letter closes."""
    if not text.endswith(")"):
        return None
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] == ")") - (text[at] == "(")
        if depth == 0:
            return at
        if depth > _DEEP:
            return None
    return None


def _read(content: str, *, sure: bool, text: str) -> SourceLine | None:
    """What stands in the brackets; None where that is no source line. `sure` says that a link to the top follows."""
    if len(content) > _LONGEST:
        return None
    dated = _DATED.fullmatch(content)
    if dated:
        outlet = _ACCORDING.sub("", dated["outlet"].strip(" ,;:–-"), count=1) or None
        if not sure and not (outlet and (_DOMAIN.fullmatch(outlet) or _OUTLET.match(outlet))):
            return None
        year = int(dated["year"]) if dated["year"] else None
        day, month = int(dated["day"]), int(dated["month"])
        author = dated["author"].strip(" .") if dated["author"] else None
        return SourceLine(text=text, outlet=outlet, day=day, month=month, year=year, author=author)
    first, _, rest = content.partition(",")
    if _DOMAIN.fullmatch(first.strip()):
        return SourceLine(text=text, outlet=first.strip(), author=rest.strip() or None)
    return SourceLine(text=text, author=content) if sure and _looks_like_names(content) else None


def _named_before(text: str, opening: int) -> Closing | None:
    """The author who stands before the outlet: `… cuối năm. Lê Bến (Báo điện tử Lúa)`."""
    begins = [0] if opening <= _NAME else []
    begins += [found.end() for found in _SENTENCE.finditer(text, max(0, opening - _NAME), opening)]
    for begin in begins:
        by = by_line_of(text[begin:])
        if by and by.outlet:
            source = SourceLine(text=text[begin:], outlet=by.outlet, author=by.author)
            return Closing(words=text[:begin].rstrip(), source=source, to_top=True)
    return None


def _looks_like_names(text: str) -> bool:
    words = text.replace(",", " ").replace("-", " ").replace("–", " ").split()
    return 1 <= len(words) <= 12 and all(word[0].isupper() for word in words)
