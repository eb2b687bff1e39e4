"""A monthly's lines → its articles: titles in capitals, the author below the text, banners for sections.

Extracted text has a page's banner and head where the page ended: in the middle of an article, of a paragraph even.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby

from digest.bulletin.by_lines import ByLine, by_line_at_the_end, by_line_of
from digest.bulletin.lines import Line, heads
from digest.bulletin.reading import Reading, many, with_flags
from digest.bulletin.titles import Titles
from digest.errors import InputError
from digest.model import Item, Kind, Section
from digest.text import one_line, slug

_NO_TITLES = Titles()
_UNNAMED = ("tin_bai", "TIN, BÀI")
_TITLE = 3  # words at least
_BANNER = 5
_SYLLABLE = re.compile(r"[^\W\d_]{2,}")
_OVER = re.compile(r"\./\.\s*$")
_ENDS = re.compile(r"[.;:!?…”\")]$")
_SAID = re.compile(r"[.;!?…”\")]$")
_CAPTION = re.compile(r"[-–]\s*(?:Ảnh|Nguồn)\b[^.!?]{0,160}\.?$|\bNguồn:\s*\S+\.\S+$")
_CREDIT = re.compile(r"(?:Ảnh|Nguồn)\s*:")
_CHART = 60  # characters that a chart's label has at most
_CHART_LINES = 6
_FEWEST = 2  # articles


@dataclass(slots=True)
class _Article:
    title: str
    section: tuple[str, str]
    lines: list[Line] = field(default_factory=list)
    by: ByLine | None = None
    over: bool = False
    left_out: int = 0

    @property
    def is_over(self) -> bool:
        """Whether the next title may follow."""
        return self.over or self.by is not None


def looks_monthly(lines: Sequence[Line]) -> bool:
    """Whether several articles stand in these lines, each with a title and its author."""
    return sum(article.by is not None and bool(article.lines) for article in _articles(lines)) >= _FEWEST


def read_monthly(lines: Sequence[Line], *, titles: Titles = _NO_TITLES, day: date | None) -> Reading:
    """The monthly in these lines; a banner that is none of `titles` names a section of its own.

    Its text names no day. InputError, field "date", without one.
    """
    if day is None:
        raise InputError("no day of issue is found; give the monthly's with --date", field="date")
    articles = [article for article in _articles(lines) if article.lines]
    sections = list(dict.fromkeys(article.section for article in articles))
    ordered = sorted(articles, key=lambda article: sections.index(article.section))
    items = [(article.section, _item(article, number)) for number, article in enumerate(ordered, 1)]
    return Reading(
        day=day,
        sections=tuple(
            _section(section, titles, tuple(item for own, item in items if own == section)) for section in sections
        ),
        notes=tuple(
            f"item {number}: {many(article.left_out, 'line')} left out: captions and what charts say"
            for number, article in enumerate(ordered, 1)
            if article.left_out
        ),
    )


def _section(section: tuple[str, str], titles: Titles, items: tuple[Item, ...]) -> Section:
    key, title = titles.of(section[1]) or section
    return Section(key=key, title=title, items=items)


def _articles(lines: Sequence[Line]) -> list[_Article]:
    reader = _Reader(list(lines))
    for at in range(len(lines)):
        reader.read(at)
    return [_tidy(article) for article in reader.articles]


@dataclass(slots=True)
class _Reader:
    lines: list[Line]
    articles: list[_Article] = field(default_factory=list)
    section: tuple[str, str] = _UNNAMED
    cut: bool = False

    def read(self, at: int) -> None:
        line = self.lines[at]
        text = one_line(line.text)
        article = self.articles[-1] if self.articles else None
        if _in_capitals(text):
            self.capitals(text, article)
        elif article:
            self.add(article, replace(line, text=text), is_last=self.title_follows(at))

    def capitals(self, text: str, article: _Article | None) -> None:
        """A title, a second line of one, a section's banner, or the rest of a page's head."""
        if article is None or article.is_over:
            self.articles.append(_Article(title=text, section=self.section))
        elif not article.lines:
            article.title += f" {text}"
        else:
            self.cut = True
            if len(text.split()) >= _BANNER:
                self.section = article.section = (slug(text).replace("-", "_"), text)

    def add(self, article: _Article, line: Line, *, is_last: bool) -> None:
        """A paragraph of the article, or the name below it."""
        by = by_line_of(line.text) if is_last else None
        if by:
            article.by = by
            return
        if is_last and article.over and (run_on := by_line_at_the_end(line.text)):
            article.by = run_on[1]
            line = replace(line, text=run_on[0])
        article.over = article.over or bool(_OVER.search(line.text))
        last = article.lines[-1] if article.lines else None
        if self.cut and last and last.kind == "p" and not _ENDS.search(last.text):
            article.lines[-1] = replace(last, text=f"{last.text} {line.text}")
        else:
            article.lines.append(line)
        self.cut = False

    def title_follows(self, at: int) -> bool:
        return at + 1 == len(self.lines) or _in_capitals(one_line(self.lines[at + 1].text))


def _in_capitals(text: str) -> bool:
    return text.isupper() and len(_SYLLABLE.findall(text)) >= _TITLE


def _tidy(article: _Article) -> _Article:
    """The article without captions that name their source, and without the figures and labels of charts."""
    over = next((at for at, line in enumerate(article.lines) if _OVER.search(line.text)), len(article.lines))
    kept: list[Line] = []
    for short, run in groupby(article.lines[: over + 1], key=_may_be_of_chart):
        lines = list(run)
        of_chart = short and len(lines) >= _CHART_LINES and sum(map(_has_figure, lines)) > 1
        for line in () if of_chart else lines:
            if line.kind == "li" and _CREDIT.match(line.text):
                _drop_captioned(kept)
            elif not _CAPTION.search(line.text):
                kept.append(line)
    captions = sum(line.captions for line in article.lines)
    kept = [replace(line, kind=_kind(line)) for line in kept]
    return replace(article, lines=kept, left_out=captions + len(article.lines) - len(kept))


def _drop_captioned(kept: list[Line]) -> None:
    """The credit stands on a line of its own: the line before it is the caption."""
    if kept and kept[-1].kind == "p" and not _ENDS.search(kept[-1].text):
        kept.pop()


def _kind(line: Line) -> Kind:
    """A text file shows a heading by its shortness alone; what a colon ends leads to what follows."""
    if line.kind not in ("p", "h"):
        return line.kind
    return "h" if heads(replace(line, kind="p")) else "p"


def _may_be_of_chart(line: Line) -> bool:
    return line.kind in ("p", "h") and len(line.text) <= _CHART and not _SAID.search(line.text)


def _has_figure(line: Line) -> bool:
    return any(letter.isdigit() for letter in line.text)


def _item(article: _Article, number: int) -> Item:
    by = article.by or ByLine(author="")
    item = Item(
        number=number,
        headline=article.title,
        contents_line=article.title,
        paragraphs=tuple(line.text for line in article.lines),
        kinds=tuple(line.kind for line in article.lines),
        outlet=by.outlet,
        author=by.author or None,
        origin="press" if by.outlet else "own",
    )
    return with_flags(item)
