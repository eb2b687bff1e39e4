"""JSON Lines in and out, as every stage command reads and writes them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from digest.errors import InputError, UsageError
from digest.files import json_lines, name_of, read_lines, write_whole
from digest.model import Article, Judgement, StoryMark
from digest.own import OwnArticle
from digest.wire import Raw, article_from, dump, dumps, judgement_from, story_from
from digest.wire import day_from as day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine:
    """A line as it came, the article it holds, and the judgement and story it carries, where they were read."""

    number: int
    raw: Raw
    article: Article
    judgement: Judgement | None = None
    mark: StoryMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a file held: its good lines, and what was wrong with the others."""

    source: str
    lines: tuple[ArticleLine, ...]
    errors: tuple[InputError, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles in the order of their lines."""
        return tuple(line.article for line in self.lines)


def read_articles(path: str) -> Read:
    """The articles of a JSON Lines file; a bad line costs itself alone."""

    def line_of(raw: Raw, number: int) -> ArticleLine:
        return ArticleLine(number=number, raw=raw, article=article_from(raw, source=name_of(path), number=number))

    return _read(path, line_of)


def read_judged(path: str) -> Read:
    """The articles with the judgements and stories on their lines, an article once.

    A line that is wrong in any of them costs itself alone, and so does one that says another thing of a known id.
    """
    source = name_of(path)
    known: dict[str, Raw] = {}

    def line_of(raw: Raw, number: int) -> ArticleLine:
        article = article_from(raw, source=source, number=number)
        if known.setdefault(article.id, raw) != raw:
            raise InputError(f"{article.id!r} stands for another line already", source=source, line=number, field="id")
        return ArticleLine(
            number=number,
            raw=raw,
            article=article,
            judgement=judgement_from(raw, source=source, number=number),
            mark=story_from(raw, source=source, number=number),
        )

    read = _read(path, line_of)
    return replace(read, lines=tuple({line.article.id: line for line in read.lines}.values()))


def read_own(path: str) -> tuple[OwnArticle, ...]:
    """The office's own articles, each with the section its line names; InputError for the first bad line."""
    source = name_of(path)
    own = []
    for number, raw in read_lines(path):
        if isinstance(raw, InputError):
            raise raw
        section = raw.get("section")
        if section is not None and not isinstance(section, str):
            raise InputError("is no text", source=source, line=number, field="section")
        own.append(OwnArticle(article=article_from(raw, source=source, number=number), section=section))
    return tuple(own)


def _read(path: str, line_of: Callable[[Raw, int], ArticleLine]) -> Read:
    lines: list[ArticleLine] = []
    errors: list[InputError] = []
    for number, raw in read_lines(path):
        try:
            if isinstance(raw, InputError):
                raise raw
            lines.append(line_of(raw, number))
        except InputError as error:
            errors.append(error)
    return Read(source=name_of(path), lines=tuple(lines), errors=tuple(errors))


def write_lines(target: str, lines: Sequence[tuple[ArticleLine, object]]) -> None:
    """Each line with the article as it was read, what the stage added, and every field that is not ours."""
    write_whole(target, json_lines(dumps(line.raw | dump(line.article) | dump(added)) for line, added in lines))


def write_values(target: str, values: Iterable[object]) -> None:
    """One value a line."""
    write_whole(target, json_lines(dumps(dump(value)) for value in values))


def day_from(text: str | None, today: date) -> date:
    """The day a command is about; UsageError for what is no day."""
    if text is None:
        return today
    try:
        return day_of(text)
    except ValueError as error:
        raise UsageError(f"--date {text}: not a day; write it as 2026-03-02") from error


def folder_from(text: str) -> Path:
    """A folder to write into; UsageError where a file stands in its place."""
    folder = Path(text)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"-o {text}: is a file; name a folder")
    return folder
