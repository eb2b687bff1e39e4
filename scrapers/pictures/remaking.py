"""A picture's bytes → a copy to print: scaled, upright, in sRGB, without anything but its pixels.

Run in a process of its own (`scrapers.pictures.sandbox`): the decoders are C code that reads a stranger's bytes. The
same bytes give the same copy.
"""

import struct
import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import AvifImagePlugin, Image, ImageCms, ImageOps

from digest.errors import ExtractError
from digest.pictures import Mime
from scrapers.pictures.formats import Format

MOST_HIGH = 2000  # an A4 page's text at 200 dots an inch
_SMALLEST_SIDE = 100  # below are icons, buttons and tracking pixels
_FLAT = 6  # levels of brightness between the darkest and the lightest place of a placeholder
_QUALITY = 85
_FEW_COLOURS = 32_768
_PIXELS_A_COLOUR = 16  # a photograph has a colour every few pixels, a drawing one for hundreds
_ORIENTATION = 0x0112
_LYING = frozenset({5, 6, 7, 8})  # orientations that exchange width and height
_WIDE_GREY = frozenset({"I", "I;16", "I;16L", "I;16B"})
# What the readers of metadata raise at damaged bytes.
_BROKEN_METADATA = (OSError, SyntaxError, ValueError, TypeError, LookupError, struct.error, OverflowError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a picture may be before it is decoded: in all (pixels), and on its longer side.

    Half as many pixels where it is not JPEG, which alone is shrunk while it is decoded.
    """

    pixels: int = 80_000_000
    side: int = 20_000


BOUNDS = Bounds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The copy: a whole file, its type and its pixels."""

    mime: Mime
    width: int
    height: int
    data: bytes


def remade(body: bytes, *, form: Format, width: int, bounds: Bounds = BOUNDS) -> Copy:
    """The copy of a picture, at most `width` and `MOST_HIGH` pixels large and never enlarged.

    ExtractError: "too-large" beyond the bounds, "ornament" for what is too small or of one colour, "damaged".
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata
            return _encoded(_printable(_opened(body, form, bounds), width), lossy=form == "JPEG")
    except (OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
        raise ExtractError("", "damaged", f"it cannot be read to its end: {error}") from error


def _opened(body: bytes, form: Format, bounds: Bounds) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # the bounds below are stricter, and one error
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    image = Image.open(BytesIO(body), formats=[form])
    width, height = image.size
    most = bounds.pixels if form == "JPEG" else bounds.pixels // 2
    if max(width, height) > bounds.side or width * height > most:
        raise ExtractError("", "too-large", f"it has {width} × {height} pixels")
    if min(width, height) < _SMALLEST_SIDE:
        raise ExtractError("", "ornament", f"it has {width} × {height} pixels, as icons and counters have")
    return image


def _printable(image: Image.Image, width: int) -> Image.Image:
    """The first frame, scaled, on white, in sRGB, upright."""
    orientation, profile = _orientation(image), image.info.get("icc_profile")
    box = (MOST_HIGH, width) if orientation in _LYING else (width, MOST_HIGH)
    plain = _plain(image)
    plain.thumbnail(box, Image.Resampling.LANCZOS, reducing_gap=2.0)
    upright = _upright(_in_srgb(_on_white(plain), profile), orientation)
    levels = upright.convert("L").getextrema()
    if isinstance(levels[0], tuple) or levels[1] - levels[0] <= _FLAT:
        raise ExtractError("", "ornament", "it is of one colour, as placeholders are")
    return upright


def _orientation(image: Image.Image) -> int:
    """How the camera was held (EXIF 1 to 8); 1 where that cannot be read."""
    try:
        found = image.getexif().get(_ORIENTATION, 1)
    except _BROKEN_METADATA:
        return 1
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


def _plain(image: Image.Image) -> Image.Image:
    """A mode that can be scaled: palettes, bits and 16-bit grey resolved."""
    if image.mode in _WIDE_GREY:
        return image.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    if image.mode in ("L", "RGB", "RGBA", "CMYK") and "transparency" not in image.info:
        return image
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image.convert("L" if image.mode == "1" else "RGB")


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _in_srgb(image: Image.Image, profile: object) -> Image.Image:
    """The colours as the picture's own profile means them; as they are where it has none, or none that fits."""
    target = "L" if image.mode == "L" else "RGB"
    if isinstance(profile, bytes):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            made = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            return image.convert(target)
        return (made or image).convert(target)
    return image.convert(target)


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    image.info = {"exif": exif.tobytes()}
    upright = ImageOps.exif_transpose(image)
    upright.info = {}  # a comment or a profile in it would be written into the copy
    return upright


def _encoded(image: Image.Image, *, lossy: bool) -> Copy:
    """JPEG, or PNG where the picture is a drawing of few colours and PNG is the smaller."""
    data = _as_jpeg(image)
    most = min(_FEW_COLOURS, image.width * image.height // _PIXELS_A_COLOUR)
    if not lossy and image.getcolors(most) is not None:
        sharp = _as_png(image)
        if len(sharp) <= len(data):
            return Copy(mime="image/png", width=image.width, height=image.height, data=sharp)
    return Copy(mime="image/jpeg", width=image.width, height=image.height, data=data)


def _as_jpeg(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "JPEG", quality=_QUALITY, optimize=True)
    return file.getvalue()


def _as_png(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()
