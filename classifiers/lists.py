"""Where a list stands in an article, from its lead-in to its last entry, whether in paragraphs or inside one."""

import re
from collections.abc import Iterator, Sequence

# "như sau: - Tại xã: 7 ngày." is a lead-in and its first entry.
_INLINE = re.compile(r":\s+(?:[-–—•+*]\s*[^\W\d_]|\(?(?:1|a|I)[.)/]\s)")
# "Cấp lại: 15 ngày." goes on with an entry, "Xong sớm hơn. - Tại xã: 7 ngày." holds one: no sentence ends before a dash.
_GOES_ON = re.compile(r"[^:.“\"]{1,60}:\s|[^\n]{0,400}?[.;!?]\s+[-–—•+*]\s")
_APART = 3  # sentences from one entry to the next in the paragraph of their lead-in, at most
_Place = tuple[int, str, bool]  # the number of the sentence's paragraph, its text, whether it is an entry


def leads_into_its_entry(text: str) -> bool:
    """Whether a sentence is a list's lead-in and its first entry at once."""
    return bool(_INLINE.search(text))


def lists_of(sentences: Sequence[_Place], torn: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The first and last sentence of each list with its lead-in, in order, apart from each other.

    `torn` says of each sentence but the last whether it goes on in the next paragraph, where the following begins.
    """
    index = 0
    while index < len(sentences):
        last = index
        if leads_into_its_entry(sentences[index][1]) or sentences[index][1].endswith(":"):
            last = _end(sentences, torn, index)
        if last > index:
            yield index, last
        index = last + 1


def _end(sentences: Sequence[_Place], torn: Sequence[bool], start: int) -> int:
    """The last sentence of the list that this one leads in."""
    home, lead_in, _ = sentences[start]
    begun = leads_into_its_entry(lead_in)
    last = start
    inside = -1  # a paragraph that an entry fills, or goes on in
    for index in range(start + 1, len(sentences)):
        paragraph, text, is_entry = sentences[index]
        follows = begun and last == index - 1
        if is_entry or (follows and torn[index - 1]):
            inside = inside if paragraph == home else paragraph
            begun, last = True, index
        elif paragraph == inside or (follows and paragraph == home and _GOES_ON.match(text)):
            last = index
        elif paragraph != home or index - last > _APART:
            break
    return last
