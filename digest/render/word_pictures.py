"""The pictures of a Word document, each with its caption below it."""

import io
from collections.abc import Iterable, Iterator
from typing import Any

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.shared import Emu, Mm

from digest.errors import RenderError
from digest.render.view import Figure
from digest.render.word_parts import Element, drawing, paragraph, run

_MOST_HIGH = Mm(110)
_DOTS_AN_INCH = 120  # fewer would show
_REFUSALS = (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError)


def picture_blocks(
    part: Any, figures: Iterable[Figure], numbers: Iterator[int], width: int, headline: str
) -> Iterator[Element]:
    """Each picture on a line of its own, at most `width` EMU wide, held by its caption; `numbers` tell them apart.

    `headline` is read aloud for one without a caption.
    """
    for figure in figures:
        keep = {"keepNext": "true"} if figure.caption else {}
        yield paragraph("Centred", _shown(part, figure, next(numbers), width, headline), **keep)
        if figure.caption:
            yield paragraph("Caption", run(figure.caption))


def _shown(part: Any, figure: Figure, number: int, width: int, headline: str) -> Element:
    picture = figure.picture
    at_most = (width, Mm(picture.width / _DOTS_AN_INCH * 25.4), _MOST_HIGH * picture.width / picture.height)
    try:
        inline = part.new_pic_inline(io.BytesIO(picture.data), width=Emu(int(min(at_most))))
    except _REFUSALS as error:
        raise RenderError(f"docx: picture {picture.sha256} cannot be set: it is damaged") from error
    return drawing(inline, "Ảnh", number, figure.caption or headline)
