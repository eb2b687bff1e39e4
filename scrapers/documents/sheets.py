"""What was drawn on the pages of a PDF, as values. Lengths are in points, y grows downwards from the top edge."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top

    def overlap_down(self, other: "Box") -> float:
        """The height that both share."""
        return min(self.bottom, other.bottom) - max(self.top, other.top)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """Text of one font, drawn in one go on one base line; `mark` is its number on a page of a tagged document."""

    text: str
    box: Box
    base: float
    size: float
    font: str
    bold: bool = False
    mark: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page. `rules` are drawn lines, as boxes that are thin one way; `pictures` counts images."""

    width: float
    height: float
    fragments: tuple[Fragment, ...] = ()
    rules: tuple[Box, ...] = ()
    pictures: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A document's pages as far as they were read; `left_out` counts those beyond the limit.

    `tagged`: it says what of its text is heading, list or drawing.
    """

    sheets: tuple[Sheet, ...]
    tagged: bool = False
    left_out: int = 0
    unmapped: int = 0


def around(boxes: "list[Box] | tuple[Box, ...]") -> Box:
    """The smallest box that holds them all."""
    return Box(
        left=min(box.left for box in boxes),
        top=min(box.top for box in boxes),
        right=max(box.right for box in boxes),
        bottom=max(box.bottom for box in boxes),
    )
