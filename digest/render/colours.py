"""An office's colour, kept readable. Pure."""

from dataclasses import dataclass

from digest.contrast import AA, contrast

DARK_PAPER = "#16181a"  # what the page and the mail lie on in the dark
_INK = "#1a1a1a"
_STEPS = 20
_WHITE = "#ffffff"
_BLACK = "#000000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """`brand` fills a box and `on_brand` is the text in it; `accent` is text on paper. All are `#rrggbb`.

    `accent_on_dark` is `accent` where the reader's screen is dark.
    """

    brand: str
    on_brand: str
    accent: str
    accent_on_dark: str


def palette(colour: str) -> Palette:
    """What to do with the office's colour (`#rrggbb`): ink for headings where it is too light to be read."""
    return Palette(
        brand=colour,
        on_brand=_WHITE if contrast(colour, _WHITE) >= AA else _BLACK,
        accent=colour if contrast(colour, _WHITE) >= AA else _INK,
        accent_on_dark=_lightened(colour),
    )


def _lightened(colour: str) -> str:
    """The colour with as little white mixed in as it needs to be read on dark paper."""
    mixed = (_mixed(colour, step / _STEPS) for step in range(_STEPS + 1))
    return next(shade for shade in mixed if contrast(shade, DARK_PAPER) >= AA)


def _mixed(colour: str, white: float) -> str:
    channels = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(channel + (255 - channel) * white):02x}" for channel in channels)
