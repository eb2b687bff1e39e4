"""An article in passages: sentences that stand or fall together, and whether one says nothing without the one before.

A quotation is never parted from its end or its speaker, a subheading from its text, a lead-in from its list, a table
from its rows. A passage leans on the one before when it begins with a connective ("Theo đó, …"), a bare pronoun ("Ông
cho biết …") or something pointed at ("Quyết định này …"), or is an entry of a list.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from classifiers.quotations import DOUBLE, quotations
from classifiers.sentences import spans
from digest.model import Kind

Entry = tuple[str, Kind]

_ENTRY = re.compile(r"[-–—•+*]\s*(?!\d+[.,]?\d*\s*[%°])\S|(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđA-ZĐ]|[IVX]{1,5})[.)/]\s")
_CONNECTIVE = re.compile(
    r"(?:theo đó|trong (?:khi )?đó|do (?:đó|vậy)|vì (?:vậy|thế)|bởi (?:vậy|thế)|chính vì (?:vậy|thế|lẽ đó)|nhờ (?:đó|vậy)|từ đó|"
    r"qua đó|(?:ngay )?sau đó|trước đó|khi đó|lúc (?:đó|này)|tiếp (?:đó|theo)|nhân đó|trên cơ sở đó|cùng ngày|tuy (?:nhiên|vậy|thế)|"
    r"thế nhưng|nhưng|song(?! phương)|(?:mặc )?dù (?:vậy|thế)|dẫu (?:vậy|thế)|ngược lại|trái lại|ngoài ra|(?:bên )?cạnh đó|"
    r"cùng (?:với )?đó|song song (?:với )?đó|đồng thời|mặt khác|hơn (?:nữa|thế)|thậm chí|tương tự|như (?:vậy|thế|trên)|"
    r"cụ thể(?: là| hơn)?|chẳng hạn|ví dụ|tức là|nghĩa là|kết quả là|cũng (?:theo|tại|trong|như|với|vì)|tại đây|ở đây|nơi đây|"
    r"đây|đó|và|rồi|còn|riêng|đặc biệt(?=,)|đáng chú ý|theo (?:ông|bà|anh|chị)(?= ?,))(?!\w)",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"(?:Ông|Bà|Anh|Chị|Cô|Cậu|Em|Cụ|Thầy|Họ|Nó|Hắn|Chúng|Vị)[ ,](?!con\b|em\b|bà\b|giáo\b|cô\b|thể\b|học\b|tôi\b|ta\b)"
)
_POINTED_AT = re.compile(r"(?:[^\W\d_]+ ){1,4}(?:này|đó|ấy|nói trên|kể trên|nêu trên)\b")
_SPEAKING = (
    r"nói|cho biết|cho hay|chia sẻ|khẳng định|nhấn mạnh|bày tỏ|phát biểu|phân tích|giải thích|lý giải|nhận định|đánh giá|kể|"
    r"tâm sự|đề nghị|kiến nghị|yêu cầu|nêu|trả lời|phản ánh|lưu ý|cảnh báo|thông tin|viết|hỏi|bộc bạch|trăn trở|dẫn lời|lời"
)
_ATTRIBUTION = re.compile(rf"[^:“\"]{{1,90}}\b(?:{_SPEAKING})\b", re.IGNORECASE)
_SENTENCE_ENDS = (".", "!", "?", "…")
_CLOSERS = "\"'”’»)]"
_LONGEST_HEADING, _LONGEST_ENTRY, _LONGEST_LIST = 15, 100, 150  # syllables
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
    """

    first: int
    last: int
    words: int
    leaning: bool
    introduced: int | None = None


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
    found: list[Passage] = []
    named: dict[str, int] = {}
    first = 0
    for index in range(len(sentences)):
        if index + 1 == len(sentences) or not reading.goes_on[index]:
            text = " ".join(sentence.text for sentence in sentences[first : index + 1])
            words = sum(sentence.words for sentence in sentences[first : index + 1])
            leaning = bool(first) and reading.leans(first, index)
            found.append(Passage(first, index, words, leaning, _introduced(text, named)))
            for name in _full_names(text):
                named.setdefault(name, len(found) - 1)
            first = index + 1
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
        whole = [(first, last) for first, last, _ in quoted]
        for first, last in (*whole, *self._lists()):
            self.goes_on[first:last] = [True] * (last - first)

    def leans(self, first: int, last: int) -> bool:
        """Whether the passage of these sentences says nothing without the one before."""
        while first < last and self._sentences[first].paragraph in self._headings:
            first += 1
        sentence = self._sentences[first]
        return first in self._alone or self._is_entry(sentence) or _leans(sentence.text)

    def _lists(self) -> Iterator[tuple[int, int]]:
        """The first and last sentence of each list with its lead-in that is short enough to be kept whole."""
        index = 0
        while index < len(self._sentences):
            start = index
            index += 1
            if self._sentences[start].text.endswith(":"):
                while index < len(self._sentences) and self._is_entry(self._sentences[index]):
                    index += 1
                if sum(one.words for one in self._sentences[start:index]) <= _LONGEST_LIST:
                    yield start, index - 1

    def _bound(self, one: Sentence, following: Sentence) -> bool:
        kinds = self._kinds[one.paragraph], self._kinds[following.paragraph]
        if one.paragraph in self._headings or one.text.endswith((":", ";")) or kinds == ("row", "row"):
            return True
        if self._is_entry(following) and self._is_entry(one) and not ends_a_sentence(one.text):
            return True
        if one.paragraph != following.paragraph:
            return False
        in_an_entry = kinds[0] in ("li", "oli") and one.words + following.words <= _LONGEST_ENTRY
        return in_an_entry or following.text[0].islower()  # a line that was broken inside a sentence

    def _is_entry(self, sentence: Sentence) -> bool:
        kind = self._kinds[sentence.paragraph]
        return kind in ("li", "oli", "row") or (kind != "h" and bool(_ENTRY.match(sentence.text)))

    def _attributes(self, index: int) -> bool:
        """Whether a sentence tells who said what stands before it, and not what comes after."""
        text = self._sentences[index].text
        return bool(_ATTRIBUTION.match(text)) and not text.endswith(":")


def ends_a_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does, closing marks apart."""
    return text[-8:].rstrip(_CLOSERS).endswith(_SENTENCE_ENDS)


def _leans(text: str) -> bool:
    words = text[:80].lstrip("“\"'‘-–— ")
    if words[:1].islower() or _CONNECTIVE.match(words):
        return True
    pointed_at, pronoun = _POINTED_AT.match(words), _PRONOUN.match(words)
    if pointed_at and pointed_at.group()[1:].islower():  # "Ông Kha nói việc này …" names its subject
        return True
    return bool(pronoun and not words[pronoun.end() : pronoun.end() + 1].isupper())


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
        plain = short and entries[number + 1][1] == "p" and ends_a_sentence(entries[number + 1][0])
        run = all(following in found for following in range(number + 1, number + 1 + _MOST_HEADINGS))
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
