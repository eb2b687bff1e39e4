"""An invented daily in its form of 2025, set as text the way offices' files and the programs that read them set it."""

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from digest.model import Issue, Item
from tests.digest.render.fakes import an_issue

Block = tuple[str, str]  # what it is: m masthead, c contents, s section, h headline, p paragraph, a address, x the end
TOP = "[Về đầu trang](#)"
CONTACT = "Mọi ý kiến xin gửi về: Trung tâm Thông tin, Bộ Bút; Email: bantin@bobut.example; ĐT: 024.1234567"
MASTHEAD = (
    "Năm 2026",
    "THỨ HAI",
    "Phát hành: 02/03/2026",
    "Bản tin",
    "Điểm báo",
    "CẢI CÁCH HÀNH CHÍNH",
    "(Phát hành hàng ngày từ thứ Hai đến thứ Sáu)",
    "Trong ngày, một số vấn đề được báo chí quan tâm phản ánh:",
)


def a_daily(items: int = 10) -> Issue:
    """Five sections; every item has text alone, an outlet, a day and an address."""
    issue = an_issue(items=items, sections=5)
    return replace(
        issue,
        sections=tuple(
            replace(section, items=tuple(_plain(item) for item in section.items))
            for section in issue.sections
            if section.items
        ),
    )


def _plain(item: Item) -> Item:
    texts = [text for text, kind in zip(item.paragraphs, item.kinds, strict=True) if kind == "p"]
    return replace(item, paragraphs=tuple(texts), kinds=tuple(kind for kind in item.kinds if kind == "p"), also=())


def blocks(
    issue: Issue,
    *,
    titles: Sequence[str] = (),
    masthead: Sequence[str] = MASTHEAD,
    source: Callable[[Item], str] | None = None,
    top: str = TOP,
) -> list[Block]:
    """The bulletin piece by piece."""
    names = titles or [section.title for section in issue.sections]
    contents = (
        ("c", f"{line}.....\t{page}")
        for page, (name, section) in enumerate(zip(names, issue.sections, strict=True), 1)
        for line in (name, *(f"{item.number}. {item.contents_line}" for item in section.items))
    )
    return [*(("m", line) for line in masthead), *contents, *_body(issue, names, source or _source, top)]


def _body(issue: Issue, names: Sequence[str], source: Callable[[Item], str], top: str) -> Iterator[Block]:
    last = issue.sections[-1].items[-1]
    for name, section in zip(names, issue.sections, strict=True):
        yield "s", name
        for item in section.items:
            yield "h", item.headline
            *body, end = item.paragraphs
            yield from (("p", text) for text in body)
            label = top.replace("trang", "trang./.") if item is last else top
            yield "p", f"{end} {source(item)}{label}".strip()
            yield "a", item.url or ""
    yield "x", CONTACT


def _source(item: Item) -> str:
    assert item.published is not None
    author = f", {item.author}" if item.author else ""
    return f"({item.outlet} {item.published:%d}/{item.published.month}{author})"


def as_blocks(parts: Sequence[Block]) -> str:
    """A blank line between paragraphs, the contents line by line."""
    texts: list[str] = []
    for at, (what, text) in enumerate(parts):
        if what == "c" and at and parts[at - 1][0] == "c":
            texts[-1] += f"\n{text}"
        else:
            texts.append(text)
    return "\n\n".join(texts) + "\n"


def changed(parts: Sequence[Block], change: Callable[[str, str], Sequence[str]]) -> list[Block]:
    """Each piece as the pieces that `change` makes of what it is and says."""
    return [(what, text) for what, before in parts for text in change(what, before)]


def as_page(parts: Sequence[Block], width: int, *, inset: int = 0, blank: bool = True, page: int = 0) -> str:
    """Lines of a page's width, as programs that keep the layout give them; `page` lines, then number and form feed."""
    lines: list[str] = []
    for what, text in parts:
        lines += _wrapped(what, text, width, inset)
        if blank and what != "c":
            lines.append("")
    if page:
        lines = [line for at, line in enumerate(lines, 1) for line in _turned(line, at, page)]
    return "\n".join(lines) + "\n"


def _wrapped(what: str, text: str, width: int, inset: int) -> list[str]:
    if what == "a":
        return [text[at : at + width] for at in range(0, len(text), width)]
    if what == "c":
        words, _, number = text.rpartition("\t")
        *first, last = textwrap.wrap(words.rstrip("."), width - 8)
        return [*first, f"{last} {'.' * (width - len(last) - 5)} {number}"]
    return textwrap.wrap(f"{' ' * inset if what == 'p' else ''}{text}", width)


def _turned(line: str, at: int, page: int) -> list[str]:
    return [line, "", f"{at // page:>40}", "\f"] if at % page == 0 else [line]


def torn(text: str, middle: str) -> str:
    """A long text with something in its middle, behind a word that ends no sentence."""
    words = text.split(" ")
    if len(words) < 50:
        return text
    place = next(at for at in range(len(words) // 2, len(words)) if re.fullmatch(r"\w+", words[at - 1]))
    return f"{' '.join(words[:place])}{middle}{' '.join(words[place:])}"
