"""Texts that outlets, editors and attackers leave in an issue, and an issue that holds them in every place it has."""

import unicodedata
from types import MappingProxyType

from digest.model import Also, Bar, Chart, Issue, Item, Kind, Section
from digest.profile import Profile
from digest.render.glyphs import MARK
from digest.render.typesetting import printable
from tests.digest.render.fakes import DAY

KINDS: tuple[Kind, ...] = ("p", "h", "li", "oli", "row", "q", "p")

NASTY = MappingProxyType(
    {
        "emoji": "Vui 😀 lái 🚀 nhà 👨\u200d👩\u200d👧 chung",
        "Chinese": "Chữ 行政改革 và 𠀋 lạ",
        "byte order mark": "\ufeffĐầu\ufeff tệp",
        "private use": "Riêng \ue000 và \U000f0001 dùng",
        "control": "Chuông\x07 lùi\x08 không\x00 thoát\x1b[31m đỏ",
        "surrogates": "Nửa \ud83d cặp \udc00 thôi",
        "no characters": "Không \ufffe chữ \uffff nào",
        "right to left": "Đảo \u202egnuhc\u202c rồi שלום và مرحبا hết",
        "decomposed": unicodedata.normalize("NFD", "Cải cách hành chính ở huyện Đảo") + " Z\u0351\u0357\u0300",
        "invisible": "Từ\u200bnối\u200c\u200d\u2060vô\u00adhình",
        "odd blanks": "một\u2003hai\u2028ba\u2029bốn\u0085năm\x0bsáu\u00a0bảy",
        "script": "<script>window.hit = 1</script><img src=x onerror='window.hit=1'>",
        "closing tags": "</title></style></p></td></text:p></w:t> \" onmouseover=\"window.hit=1' x='",
        "typst": '#panic("hỏng") $x$ #let a = 1 *đậm* _nghiêng_ @nguon <nhan> \\u{41} // lời bàn',
        "templates": "{{ 7 * 7 }} {% raw %} {# mất #} ${7*7} %(x)s %n",
        "XML": "]]> &amp; &lt; &#x41; <![CDATA[x]]> <!-- lời bàn --> &eth;",
        "TeX": "\\input{/etc/passwd} \\write18{ls} \\end{document}",
        "Word fields": '{ HYPERLINK "https://gia.example" } { INCLUDETEXT "/etc/passwd" } TOC \\o "1-9"',
        "formulas": '=HYPERLINK("https://gia.example";"bấm") +1 -1 @SUM(A1:A9)',
        "address": "javascript:window.hit=1",
        "header": "Một\r\nBcc: ai@gia.example\r\n\r\n<p>hai",
        "long title": "Tít dài ba trăm chữ cái " * 13,
    }
)
LONG_WORD = "ữ" * 20_000


def a_nasty_item(number: int, text: str) -> Item:
    """The text as everything an item holds."""
    return Item(
        number=number,
        headline=text,
        contents_line=text,
        article=text,
        paragraphs=(text,) * len(KINDS),
        kinds=KINDS,
        outlet=text,
        published=DAY,
        author=text,
        url=text if number % 2 else f"https://bao.example/{text}",
        also=(Also(outlet=text, url=text),),
        charts=(Chart(title=text, rows=(Bar(name=text, value=3), Bar(name="Khác", value=1)), source=text, note=text),),
    )


def a_nasty_issue(profile: Profile, *texts: str) -> Issue:
    """An item of each text, under sections called by the first of them; one section is empty."""
    items = tuple(a_nasty_item(number, text) for number, text in enumerate(texts, 1))
    half = len(items) // 2
    sections = (
        Section(key="chu_truong", title=texts[0] if texts else "MỤC", items=items[:half]),
        Section(key="trong", title="MỤC TRỐNG"),
        Section(key="dia_phuong", title=texts[-1] if texts else "MỤC", items=items[half:]),
    )
    return Issue(profile=profile.id, date=DAY, number=3, sections=sections)


def on_screen(text: str) -> str:
    """As pages, mails and feeds show it: a mark for what is no text."""
    return "".join(_marked(char, shows=True) for char in text)


def on_paper(text: str) -> str:
    """As a PDF shows it: a mark for what no font has, too."""
    return "".join(_marked(char, shows=char in printable()) for char in text)


def in_a_file(text: str) -> str:
    """As Word files and texts show it: without what XML 1.0 and UTF-8 know no form for."""
    return "".join(char for char in text if char in "\t\n\r" or (char >= " " and not _is_unstorable(char)))


def _is_unstorable(char: str) -> bool:
    return "\ud800" <= char <= "\udfff" or char in "\ufffe\uffff"


def _marked(char: str, *, shows: bool) -> str:
    category = unicodedata.category(char)
    if char in "\n\t":
        return char
    if category in {"Zs", "Zl", "Zp"}:
        return char if shows else " "
    return char if shows and category not in {"Cc", "Cf", "Cs", "Co", "Cn"} else MARK
