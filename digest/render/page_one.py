"""Page 1 of the finished PDF as a picture, to paste into a chat beside its text."""

import struct
import zlib
from collections.abc import Callable, Mapping
from types import MappingProxyType

import pypdfium2

from digest.errors import RenderError
from digest.render.pdf import pdf
from digest.render.view import Rendition, View

HASH = "diembao.sha256"  # the key of the hash among a picture's texts
WIDTH = 1080  # pixels: what phones show and chat programs keep


def page_one(view: View, *, maker: Callable[[View], Rendition] = pdf) -> Rendition:
    """Page 1 as PNG, `WIDTH` pixels wide; the same issue gives the same bytes. `maker` makes the PDF."""
    whole = maker(view)
    return Rendition(data=first_page(whole.data, {HASH: view.hash}), notes=whole.notes)


def first_page(document: bytes, told: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """Page 1 of a PDF as PNG; RenderError where the PDF cannot be read. `told` is ASCII text that the file carries."""
    try:
        with pypdfium2.PdfDocument(document) as opened:
            page = opened[0]
            bitmap = page.render(scale=WIDTH / page.get_width(), rev_byteorder=True)
            lines = (bytes(bitmap.buffer), bitmap.stride, bitmap.width, bitmap.height)
            bitmap.close()
    except pypdfium2.PdfiumError as error:
        raise RenderError(f"png: page 1 could not be read: {error}") from error
    return _png(*lines, told)


def _png(pixels: bytes, stride: int, width: int, height: int, told: Mapping[str, str]) -> bytes:
    """Red, green and blue, a byte each. Lines as they are: letters on white pack no better as differences."""
    lines = b"".join(b"\0" + pixels[top : top + 3 * width] for top in range(0, stride * height, stride))
    head = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    texts = ((b"tEXt", f"{key}\0{words}".encode("ascii")) for key, words in told.items())
    chunks = ((b"IHDR", head), *texts, (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
