"""An article in passages: sentences that stand or fall together, and whether one says nothing without the one before.

A quotation is never parted from its end or its speaker, a subheading from its text, a lead-in from its list, a table
from its rows, a sentence from what it announces, nor from its end where the source tears it over two paragraphs. A
passage leans on the one before when it begins with a connective ("Theo đó, …"), a bare pronoun ("Ông
cho biết …") or something pointed at ("Quyết định này …"), or is an entry of a list.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from classifiers.lists import leads_into_its_entry, lists_of
from classifiers.openings import announces, ends_a_sentence, leans
from classifiers.quotations import DOUBLE, quotations
from classifiers.sentences import spans
from digest.model import Kind

Entry = tuple[str, Kind]

_ENTRY = re.compile(r"[-–—•+*]\s*(?!\d+[.,]?\d*\s*[%°])\S|(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđA-ZĐ]|[IVX]{1,5})[.)/]\s")
_SPEAKING = (
    r"nói|cho biết|cho hay|chia sẻ|khẳng định|nhấn mạnh|bày tỏ|phát biểu|phân tích|giải thích|lý giải|nhận định|đánh giá|kể|"
    r"tâm sự|đề nghị|kiến nghị|yêu cầu|nêu|trả lời|phản ánh|lưu ý|cảnh báo|thông tin|viết|hỏi|bộc bạch|trăn trở|dẫn lời|lời"
)
_ATTRIBUTION = re.compile(rf"[^:“\"]{{1,90}}\b(?:{_SPEAKING})\b", re.IGNORECASE)
_LONGEST_HEADING, _LONGEST_ENTRY, _LONGEST_LIST = 15, 100, 150  # syllables
_LONG_CLAUSE = 40  # syllables: that much in a paragraph of its own tells something without the clauses after it
_CREDIT = re.compile(r"\b(?:Ảnh|Nguồn|Đồ họa|Video|Clip)(?: minh họa)?\s?[:(]|\((?:Ảnh|Nguồn)\b", re.IGNORECASE)
# "ông Kha", and not "ông Lê Văn Kha"
_SHORT_NAME = re.compile(r"\b(?:ông|bà|anh|chị|cô|thầy|đồng chí) ([^\W\d_]+)(?: ([^\W\d_]))?", re.IGNORECASE)
_HONORIFICS = frozenset(["ông", "bà", "anh", "chị", "cô", "thầy", "chí"])
_WORDS = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_MOST_HEADINGS = 3  # in a row before a text; more are no headings


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its place: the paragraph's number, its characters there, its length in syllables."""

    paragraph: int
    start: int
    end: int
    text: str
    words: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences `first` to `last` (both in it); `leaning`: not to be printed without the passage before.

    `introduced`: the number of the passage that gives the full name of who is quoted here as "ông Kha", if another does.
    `list_end`: the number of the last passage of the list that this one leads in or is part of, if it takes several.
    """

    first: int
    last: int
    words: int
    leaning: bool
    introduced: int | None = None
    list_end: int | None = None


def count_words(text: str) -> int:
    """Length as the newsroom counts it: syllables, split on blanks."""
    return len(text.split())


def sentences_of(entries: Sequence[Entry]) -> list[Sentence]:
    """All sentences of an article in order."""
    return [
        Sentence(number, start, end, text[start:end], count_words(text[start:end]))
        for number, (text, _) in enumerate(entries)
        for start, end in spans(text)
    ]


def passages_of(entries: Sequence[Entry], sentences: Sequence[Sentence]) -> list[Passage]:
    """The sentences in passages; together they are all of them."""
    reading = _Reading(entries, sentences)
    starts = [index for index in range(len(sentences)) if not index or not reading.goes_on[index - 1]]
    ends = reading.list_ends(starts)
    found: list[Passage] = []
    named: dict[str, int] = {}
    for number, (first, following) in enumerate(pairwise([*starts, len(sentences)])):
        held = sentences[first:following]
        text = " ".join(sentence.text for sentence in held)
        inside = number > 0 and number in ends and ends[number] == ends.get(number - 1)
        leaning = bool(first) and (inside or reading.leans(first, following - 1))
        words = sum(sentence.words for sentence in held)
        found.append(Passage(first, following - 1, words, leaning, _introduced(text, named), ends.get(number)))
        for name in _full_names(text):
            named.setdefault(name, number)
    return found


class _Reading:
    """What has to be known of an article to part it: headings, entries, quotations, and what goes on."""

    def __init__(self, entries: Sequence[Entry], sentences: Sequence[Sentence]) -> None:
        self._kinds = [kind for _, kind in entries]
        self._sentences = sentences
        self._headings = _headings(entries)
        quoted = _quoted(entries, sentences)
        self._alone = {first for first, last, alone in quoted if alone}
        ends = {last for _, last, alone in quoted if alone}
        self.goes_on = [
            self._bound(sentences[index], sentences[index + 1]) or (index in ends and self._attributes(index + 1))
            for index in range(len(sentences) - 1)
        ]
        self._clauses = self._part_long_clauses()
        torn = [self._tears(one, following) for one, following in pairwise(sentences)]
        places = [(one.paragraph, one.text, self._is_entry(one)) for one in sentences]
        self._lists = list(lists_of(places, torn))
        whole = [(first, last) for first, last, _ in quoted]
        short = [(first, last) for first, last in self._lists if self._length(first, last) <= _LONGEST_LIST]
        for first, last in (*whole, *short):
            self.goes_on[first:last] = [True] * (last - first)

    def list_ends(self, starts: Sequence[int]) -> dict[int, int]:
        """By number of each passage of a list that takes several, the number of its last; `starts`: where they begin."""
        found: dict[int, int] = {}
        for first, last in self._lists:
            one, other = bisect_right(starts, first) - 1, bisect_right(starts, last) - 1
            if one < other:
                found |= dict.fromkeys(range(one, other + 1), other)
        return found

    def leans(self, first: int, last: int) -> bool:
        """Whether the passage of these sentences says nothing without the one before."""
        while first < last and self._sentences[first].paragraph in self._headings:
            first += 1
        sentence = self._sentences[first]
        return first in self._alone or first in self._clauses or self._is_entry(sentence) or leans(sentence.text)

    def _length(self, first: int, last: int) -> int:
        return sum(one.words for one in self._sentences[first : last + 1])

    def _part_long_clauses(self) -> set[int]:
        """Part long clauses that are paragraphs of their own, unless a list is led in; which sentences begin them."""
        found: set[int] = set()
        led_in = False
        for index, goes_on in enumerate(self.goes_on):
            one, following = self._sentences[index], self._sentences[index + 1]
            led_in = (led_in and goes_on) or one.text.endswith(":") or leads_into_its_entry(one.text)
            own = one.paragraph != following.paragraph and following.text[0].isupper() and not self._is_entry(following)
            if own and not led_in and one.text.endswith(";") and one.words >= _LONG_CLAUSE:
                self.goes_on[index] = False
                found.add(index + 1)
        return found

    def _bound(self, one: Sentence, following: Sentence) -> bool:
        kinds = self._kinds[one.paragraph], self._kinds[following.paragraph]
        if one.paragraph in self._headings or one.text.endswith((":", ";")) or kinds == ("row", "row"):
            return True
        if announces(one.text) or self._tears(one, following):
            return True
        if self._is_entry(following) and self._is_entry(one) and not ends_a_sentence(one.text):
            return True
        if one.paragraph != following.paragraph:
            return False
        in_an_entry = kinds[0] in ("li", "oli") and one.words + following.words <= _LONGEST_ENTRY
        return in_an_entry or following.text[0].islower()  # a line that was broken inside a sentence

    def _tears(self, one: Sentence, following: Sentence) -> bool:
        """Whether a sentence without an end goes on in the next paragraph, which the source has torn off."""
        if one.paragraph == following.paragraph or ends_a_sentence(one.text) or one.text.endswith((":", ";")):
            return False
        kinds = self._kinds[one.paragraph], self._kinds[following.paragraph]
        if not {*kinds} <= {"p", "q", "li", "oli"} or self._is_entry(following):
            return False
        if following.text[0].islower() or one.text.endswith(","):
            return True
        # A line that only lost its point is short, a standfirst, a caption, or followed by more such lines.
        whole = one.words > _LONGEST_HEADING or one.start > 0
        return whole and one.paragraph > 0 and ends_a_sentence(following.text) and not _CREDIT.search(one.text)

    def _is_entry(self, sentence: Sentence) -> bool:
        kind = self._kinds[sentence.paragraph]
        return kind in ("li", "oli", "row") or (kind != "h" and bool(_ENTRY.match(sentence.text)))

    def _attributes(self, index: int) -> bool:
        """Whether a sentence tells who said what stands before it, and not what comes after."""
        text = self._sentences[index].text
        return bool(_ATTRIBUTION.match(text)) and not text.endswith(":")


def _introduced(text: str, named: Mapping[str, int]) -> int | None:
    """The passage of `named` that gives the full name of who is quoted by a short one."""
    if not any(mark in text for mark in DOUBLE):
        return None
    short = (name for name, after in _SHORT_NAME.findall(text) if name.istitle() and not after.isupper())
    return next((named[name] for name in short if name in named), None)


def _full_names(text: str) -> Iterator[str]:
    """The last word of every row of capitalised words: of a full name that by which its bearer is called."""
    for row in _WORDS.findall(text):
        words = row.split(" ")
        for place in range(1, len(words)):
            before, word, after = words[place - 1], words[place], "".join(words[place + 1 : place + 2])
            if before.istitle() and word.istitle() and not after.istitle() and before.lower() not in _HONORIFICS:
                yield word


def _headings(entries: Sequence[Entry]) -> frozenset[int]:
    """The paragraphs that lead into the next one; a run of too many is text that lost its points."""
    found: set[int] = set()
    for number in range(len(entries) - 2, -1, -1):
        text, kind = entries[number]
        bare = kind == "p" and number > 0 and not ends_a_sentence(text) and not text.endswith((":", ";", ","))
        short = bare and number + 1 not in found and len(text) < 150 and count_words(text) <= _LONGEST_HEADING
        following, kind_after = entries[number + 1]
        plain = short and kind_after == "p" and ends_a_sentence(following) and not following[0].islower()
        run = all(other in found for other in range(number + 1, number + 1 + _MOST_HEADINGS))
        if (kind == "h" and not run) or (plain and not _ENTRY.match(text)):
            found.add(number)
    return frozenset(found)


def _quoted(entries: Sequence[Entry], sentences: Sequence[Sentence]) -> list[tuple[int, int, bool]]:
    """Each quotation's first and last sentence, and whether these are nothing but the quotation."""
    offsets: list[int] = []
    length = 0
    for text, _ in entries:
        offsets.append(length)
        length += len(text) + 1
    starts = [offsets[sentence.paragraph] + sentence.start for sentence in sentences]
    whole = "\n".join(text for text, _ in entries)
    found: list[tuple[int, int, bool]] = []
    for start, end in quotations(whole):
        first, last = bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1
        finish = starts[last] + len(sentences[last].text)
        alone = whole[start] in DOUBLE and starts[first] == start and not whole[end:finish].strip(".!?… ")
        found.append((first, last, alone))
    return found
