"""Where text is quoted: pairs of quotation marks, whichever kind and however carelessly they were typed.

Most papers mix “…”, "…", «…» and '…', forget a mark, or open every paragraph of a long quotation anew. A mark opens or
closes by what stands beside it; one that finds no partner is passed over.
"""

from collections.abc import Iterator

DOUBLE = '“”"„«»'
SINGLE = "‘’'"
_OPENS, _CLOSES = "“„«‘", "”»’"
_BEFORE_OPENING = " \t\n([{-–—/:,;“„«‘\"'"
_AFTER_CLOSING = " \t\n)]}-–—/:,;.!?…”»’\"'"
_LONGEST = 4_000  # characters; what is longer is two slips of the pen, not a quotation


def quotations(text: str) -> list[tuple[int, int]]:
    """The outermost quotations of `text` in order, marks included, half-open. Paragraphs end in a line end."""
    pairs = sorted((*_pairs(text, DOUBLE, loose=True), *_pairs(text, SINGLE, loose=False)))
    found: list[tuple[int, int]] = []
    for start, end in pairs:
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _pairs(text: str, marks: str, *, loose: bool) -> Iterator[tuple[int, int]]:
    """`loose`: a mark that shows no direction closes what is open, else opens; otherwise it is an apostrophe."""
    opened: list[int] = []
    for place in _places(text, marks):
        direction = _direction(text, place)
        if not direction and loose:
            direction = -1 if opened else 1
        if direction > 0 and not (opened and text[place - 1 : place] == "\n"):  # a paragraph that goes on quoting
            opened.append(place)
        elif direction < 0 and opened:
            start = opened.pop()
            if place - start < _LONGEST:
                yield start, place + 1


def _places(text: str, marks: str) -> list[int]:
    return sorted(place for mark in marks for place in _all(text, mark))


def _all(text: str, mark: str) -> Iterator[int]:
    place = text.find(mark)
    while place >= 0:
        yield place
        place = text.find(mark, place + 1)


def _direction(text: str, place: int) -> int:
    """1 where a mark opens, -1 where it closes, 0 where its surroundings do not say."""
    before, after = text[place - 1 : place] or "\n", text[place + 1 : place + 2] or "\n"
    opening = before in _BEFORE_OPENING and not after.isspace()
    closing = after in _AFTER_CLOSING and not before.isspace()
    if opening != closing:
        return 1 if opening else -1
    own = text[place]
    return (own in _OPENS) - (own in _CLOSES) if opening or own not in SINGLE else 0
