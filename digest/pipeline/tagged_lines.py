"""The lines of a tagged PDF whose headings have the ranks of our own: with its contents and its links."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from digest.bulletin.drawn import Piece, with_charts
from digest.bulletin.lines import Line, Role, counted
from digest.model import Kind
from scrapers.documents.tagged import Tagged

_ROLES: dict[str, Role] = {"H1": "section", "H2": "headline", "TOCI": "contents"}
_KINDS: dict[str, Kind] = {"H3": "h", "LBody": "li", "BlockQuote": "q"}


def tagged_lines(blocks: Sequence[Tagged]) -> list[Line] | None:
    """The lines, None where the document has no contents or no headline."""
    tags = {block.tag for block in blocks}
    if not {"H2", "TOCI"} <= tags:
        return None
    return counted(with_charts(list(_pieces(blocks))))


def _pieces(blocks: Sequence[Tagged]) -> Iterator[Piece]:
    label = ""
    in_list = False
    for block in blocks:
        if block.tag == "Lbl":
            label, in_list = block.text, True
        elif block.tag == "Figure":
            yield Piece(aloud=block.alt)
        elif block.tag == "Caption":
            yield Piece(below=block.lines)
        elif block.text or block.tag == "LBody":
            in_list = in_list or block.tag == "LBody"
            if block.text:
                yield Piece(line=_line(block, label, in_list=in_list))
                label, in_list = "", False


def _line(block: Tagged, label: str, *, in_list: bool) -> Line:
    kind = _KINDS.get(block.tag, "p")
    if in_list:
        kind = "oli" if any(letter.isalnum() for letter in label) else "li"
    text = block.text if block.tag != "TOCI" else " ".join(block.lines)
    line = Line(text=text, kind=kind, role=_ROLES.get(block.tag, "text"), links=block.links)
    return replace(line, text=f"{label} {text}") if label else line
