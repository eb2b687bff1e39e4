"""What stands on every page of a text file and is no part of its text: page numbers, running heads, feet."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.text import fold, one_line

ADDRESS = re.compile(r"https?://\S")
_NAMED = re.compile(r"[-–—|\s]*(?:trang|page|tr\.)\s*\d{1,4}(?:\s*[/|]\s*\d{1,4})?[-–—|\s]*", re.IGNORECASE)
_BARE = re.compile(r"[-–—|\s]*(\d{1,3})(?:\s*/\s*\d{1,3})?[-–—|\s]*")
_APART = 600  # letters of a page at least
_NEAR = 4  # lines that say something between a page's number and its head or foot
_OFTEN = 3
_SHARE = 0.3  # of the pages
_HEAD = 100  # characters
_DIGITS = re.compile(r"\d+")
_HASH = re.compile(r"Mã nội dung \(SHA-256\): [0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A line that says something. `gap` blank lines stand above it; `turned`: a page ended between it and the last.

    `number` counts the file's lines from 1, `indent` the blanks before it.
    """

    text: str
    number: int
    indent: int = 0
    gap: int = 0
    turned: bool = False


def printed_lines(texts: Sequence[str]) -> list[Printed]:
    """The lines of a text file without blank ones and without what every page repeats."""
    left_out = _left_out(texts)
    made: list[Printed] = []
    gap, turned = 1, False
    for at, text in enumerate(texts):
        turned = turned or at in left_out or "\f" in text
        plain = text.replace("\f", "").rstrip()
        if at in left_out or not plain.strip():
            gap += 1
            continue
        indent = len(plain) - len(plain.lstrip())
        made.append(Printed(text=plain.strip(), number=at + 1, indent=indent, gap=gap, turned=turned and bool(made)))
        gap, turned = 0, False
    return made


def running_heads(texts: Sequence[str]) -> list[str]:
    """What every page of a text file repeats, each once; page numbers are none of it."""
    numbers = _page_numbers(texts)
    beside = list(_beside(texts, numbers | {at for at, text in enumerate(texts) if "\f" in text}))
    said = (one_line(texts[at].replace("\f", "")) for at in sorted(_heads(texts, beside) - numbers))
    return list(dict.fromkeys(said))


def _left_out(texts: Sequence[str]) -> set[int]:
    """The lines to leave out, by their place."""
    numbers = _page_numbers(texts)
    ends = numbers | {at for at, text in enumerate(texts) if "\f" in text}
    beside = list(_beside(texts, ends))
    hashes = {at for at, text in enumerate(texts) if _HASH.fullmatch(text.strip())}
    return numbers | _heads(texts, beside) | hashes | _repeated_addresses(texts, {at for at, _ in beside})


def _heads(texts: Sequence[str], beside: Sequence[tuple[int, int]]) -> set[int]:
    """Lines that say the same at the same place beside many pages' ends; numbers may count."""
    said = {(at, step): (step, _key(texts[at])) for at, step in beside if len(texts[at].strip()) <= _HEAD}
    often = Counter(said.values())
    wanted = max(_OFTEN, _SHARE * sum(step == 0 for _, step in beside))
    return {at for (at, step), key in said.items() if often[key] >= wanted}


def _page_numbers(texts: Sequence[str]) -> set[int]:
    """Lines that name a page, and bare numbers where they count pages through the text."""
    named = {at for at, text in enumerate(texts) if _NAMED.fullmatch(text.replace("\f", ""))}
    counted: list[tuple[int, int]] = []
    letters = _APART
    for at, text in enumerate(texts):
        letters += len(text.strip())
        bare = _BARE.fullmatch(text.replace("\f", "")) if text.strip() else None
        last = counted[-1][0] if counted else 0
        if bare and letters >= _APART and last < int(bare.group(1)) <= last + 1 + letters // _APART:
            counted.append((int(bare.group(1)), at))
            letters = 0
    return named | ({at for _, at in counted} if len(counted) > 1 or named else set())


def _beside(texts: Sequence[str], ends: set[int]) -> Iterator[tuple[int, int]]:
    """The lines next to where pages end, with how many lines that say something lie between."""
    said = [at for at, text in enumerate(texts) if text.strip()]
    places = {at: place for place, at in enumerate(said)}
    for end in ends:
        place = places.get(end)
        if place is not None:
            low = max(place - _NEAR, 0)
            yield from ((at, low + step - place) for step, at in enumerate(said[low : place + _NEAR + 1]))


def _repeated_addresses(texts: Sequence[str], near: set[int]) -> set[int]:
    """Addresses beside a page's end that stand elsewhere too: a foot repeats those of its page's links."""
    found = {at: text.strip() for at, text in enumerate(texts) if ADDRESS.match(text.strip())}
    often = Counter(found.values())
    kept = {text for at, text in found.items() if at not in near}
    first: set[str] = set()
    dropped: set[int] = set()
    for at, text in found.items():
        if at in near and often[text] > 1 and (text in kept or text in first):
            dropped.add(at)
        first.add(text)
    return dropped


def _key(text: str) -> str:
    plain = one_line(text)
    return plain if ADDRESS.match(plain) else _DIGITS.sub("#", fold(plain))
