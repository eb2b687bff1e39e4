"""What a page is when it is no article: 200 is not success on real sites. Kinds are stable words, counted by reports.

| kind | the page |
|---|---|
| `empty` | no bytes, or blanks alone |
| `not-html` | a picture, a PDF, a feed, JSON, binary |
| `captcha` | asks whether the reader is human, or refuses access |
| `shell` | a frame that a script must fill or that sets a cookie and reloads |
| `soft-404` | says that the piece does not exist, with status 200 |
| `no-article` | a listing, a home page, a page without readable text |
| `wrong-article` | another piece than the one asked for (`scrapers.extraction.extract_identity.is_other_article`) |
"""

import re

from digest.errors import ExtractError
from digest.text import bare
from scrapers.dom import Dom
from scrapers.markup import text_of

KINDS = ("empty", "not-html", "captcha", "shell", "soft-404", "no-article", "wrong-article")
_BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"RIFF",
    b"\x7fELF",
)
_OTHER_TEXT = re.compile(
    rb"^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)?(?:<(?:rss|feed|urlset|sitemapindex|rdf:RDF|svg)\b|[{\[]\s*[\"{\[\]}])",
    re.DOTALL,
)
_ELEMENT = re.compile(
    rb"<\s*(?:!doctype|html|head|body|div|p|h1|article|meta|script|title|table|span|section)\b", re.IGNORECASE
)
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_HUMAN = re.compile(
    r"captcha|are you (?:a )?(?:human|robot)|not a robot|khong phai (?:la )?(?:nguoi may|robot)|just a moment|"
    r"attention required|checking your browser|access denied|tu choi truy cap|xac minh (?:ban|rang ban)|ddos|"
    r"request blocked|403 forbidden|unusual traffic|luu luong bat thuong"
)
_CHALLENGE = re.compile(
    r"cf-challenge|cf-turnstile|g-recaptcha|h-captcha|challenge-platform|challenge-form|captcha", re.IGNORECASE
)
_MISSING = re.compile(
    r"\b404\b|khong tim thay|khong ton tai|not found|da bi (?:xoa|go)|khong con ton tai|bai viet (?:nay )?da (?:bi )?(?:xoa|go)|"
    r"trang ban (?:tim|yeu cau|truy cap)|lien ket (?:bi )?hong|500 internal|bad gateway|service unavailable|bao tri"
)
_RELOADS = re.compile(
    r"document\.cookie|location\.(?:reload|href|replace)|window\.location|__NEXT_DATA__|ng-version|createApp"
)
_SHORT = 1500
_TINY = 400


def check_bytes(url: str, body: bytes) -> None:
    """ExtractError where the bytes are no page at all."""
    if not body.strip():
        raise ExtractError(url, "empty")
    if body.startswith(_BINARY) or _OTHER_TEXT.match(body[:4096]):
        raise ExtractError(url, "not-html", "by its first bytes")
    sample = body[:65536]
    if not body.startswith(_WIDE) and (sample.count(0) * 50 > len(sample) or not _ELEMENT.search(sample)):
        raise ExtractError(url, "not-html", "no markup in it")


def what_it_is(dom: Dom, scripts: str) -> str:
    """The kind of a page in which no article was found. `scripts` is the text of its scripts and their addresses."""
    title = bare(" ".join(text_of(found) for found in dom.select("title, h1, h2")[:6]))
    body = dom.root.find("body")
    said = bare(text_of(body))[: _SHORT + 1] if body is not None else ""
    short = len(said) <= _SHORT
    if _HUMAN.search(title) or (short and (_HUMAN.search(said) or _CHALLENGE.search(scripts))):
        return "captcha"
    if _MISSING.search(title) or (short and _MISSING.search(said)):
        return "soft-404"
    if len(said) <= _TINY and (_RELOADS.search(scripts) or _app_root(dom)):
        return "shell"
    return "no-article"


def _app_root(dom: Dom) -> bool:
    """An empty element that an application of the browser's fills."""
    roots = dom.select("#root, #app, #__next, #__nuxt, app-root, [ng-app], [data-reactroot]")
    return any(len(text_of(root)) < 100 for root in roots)
