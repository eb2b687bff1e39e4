"""What stands before a list entry, and how an item ends: decided once for all makers. Pure."""

import re
from collections.abc import Iterator, Sequence

from digest.model import Kind
from digest.render.view import Block, ItemView

SAME_STORY = "Cùng nội dung:"
NO_ITEMS = "Số này không có tin, bài."

_OWN: dict[Kind, re.Pattern[str]] = {
    "li": re.compile(r"([-–—•+*·▪➢❖])(\s*)(?=\S)"),
    "oli": re.compile(r"(\(?(?:\d{1,3}(?:\.\d{1,3}){0,2}|[a-zđ]|[IVX]{1,5})[.)/])(\s*)(?=\S)"),
}


def listed(blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """Each block as mark and words: an entry's own mark split off, else `-` or its count in its list, else nothing.

    A mark that stands close ("1.Rà soát") stays with the words: print adds no blank of its own.
    """
    count = 0
    for block in blocks:
        count = count + 1 if block.kind == "oli" else 0
        own = _OWN[block.kind].match(block.text) if block.kind in _OWN else None
        if block.kind not in _OWN or (own and not own.group(2)):
            yield "", block.text
        elif own:
            yield own.group(1), block.text[own.end() :]
        else:
            yield "-" if block.kind == "li" else f"{count}.", block.text


def with_marks(blocks: Sequence[Block]) -> Iterator[tuple[Kind, str]]:
    """Each block's kind and its words with the mark before them, for makers that draw no lists."""
    for block, (mark, words) in zip(blocks, listed(blocks), strict=True):
        yield block.kind, f"{mark} {words}" if mark else words


def ends_in_text(item: ItemView) -> bool:
    """Whether the source line can follow the last words on their line: not after a subheading, a row or a chart.

    The line of an own item is its author's name, which stands alone.
    """
    if item.entry.origin != "press" or item.charts or not item.blocks:
        return False
    return item.blocks[-1].kind not in {"h", "row"}


def standfirst(item: ItemView) -> str:
    """The item's first paragraph, empty where it has none."""
    return item.blocks[0].text if item.blocks else ""
