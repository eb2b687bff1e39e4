"""A document's bytes → an Article. What it is, its bytes say; a name or a header may lie.

Kinds of ExtractError, each with its remedy in the message:

| kind | the file |
|---|---|
| `encrypted` | opens with a password only |
| `damaged` | is cut off or spoilt |
| `too-large` | unpacks to more, or takes more work, than a document may |
| `no-text` | holds pictures of text, or nothing |
| `old-word` | is a Word file of before 2007, or rich text |
| `unknown-format` | is none of PDF, Word and plain text; an e-mail too, whatever it holds |

Flags of the article (`FLAGS`): `document` always; `legacy-vni`, `legacy-tcvn3` its text stood in that font encoding;
`pages-left-out` it is longer than is read; `pages-without-text` some of its pages are pictures; `no-sapo`, `no-author`,
`no-time`, `day-only` as `scrapers.extraction.extract` uses them.
"""

import hashlib
import re
from datetime import datetime
from pathlib import PurePosixPath
from typing import Literal

from digest.errors import ExtractError
from digest.model import Article
from scrapers.documents.document_text import Told
from scrapers.documents.docx import read_docx
from scrapers.documents.front_matter import front_of
from scrapers.documents.plain import decoded, read_plain
from scrapers.documents.sandbox import read_apart
from scrapers.extraction.extract_identity import outlet_of
from scrapers.extraction.verdict import check_bytes
from scrapers.source import Source

KINDS = ("encrypted", "damaged", "too-large", "no-text", "old-word", "unknown-format")
FLAGS = ("document", "legacy-vni", "legacy-tcvn3", "pages-left-out", "pages-without-text")
MOST_BYTES = 64 * 1024 * 1024

_Format = Literal["pdf", "package", "old", "rich-text", "mail", "text", "none"]
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF = re.compile(rb"%PDF-\d")
_SAMPLE = 65536
_MARKUP = re.compile(r"\s*[<{\[]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x1d-\x1f\ufffd]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_FEW_WORDS = 8  # "Not Found" is an answer, not a document
_HEADER = re.compile(rb"[!-9;-~]+:|[ \t]+\S|From ")
_OF_MAIL = re.compile(rb"(?:MIME-Version|Content-Type|Message-ID|Received|Return-Path|Delivered-To)\s*:", re.IGNORECASE)


def is_document(body: bytes) -> bool:
    """Whether the bytes are of a document this package reads or refuses with a reason; a web page is none."""
    return _format(body) != "none"


def read_document(
    body: bytes,
    *,
    url: str,
    source: Source | None = None,
    fetched: datetime | None = None,
    name: str | None = None,
) -> Article:
    """The article in a PDF, Word or text file; `url` is its address ("" if unknown), `name` what it was called.

    ExtractError, with a kind of `KINDS`, where there is nothing to read.
    """
    told = _told(body, url or (name or ""))
    front = front_of(told.paragraphs, name=PurePosixPath(name).stem if name else None)
    unknown = (("no-sapo", front.sapo), ("no-author", front.author), ("no-time", front.published))
    flags = (
        "document",
        *(f"legacy-{encoding}" for encoding in told.found),
        *told.flags,
        *(flag for flag, known in unknown if not known),
        *(["day-only"] if front.published else []),
    )
    return Article(
        id=hashlib.sha256(url.encode(errors="replace") if url else body).hexdigest()[:16],
        url=url or None,
        outlet=outlet_of(url, source) if url or source else None,
        title=front.title,
        sapo=front.sapo,
        paragraphs=tuple(paragraph.text for paragraph in front.rest),
        kinds=tuple(paragraph.kind for paragraph in front.rest),
        author=front.author,
        published=front.published,
        fetched=fetched,
        flags=flags,
    )


def text_of(body: bytes, *, url: str) -> str:
    """The letters of a text file; `url` is its address or its name. ExtractError as `read_document`."""
    form = _small(body, url)
    if form != "text":
        raise _refusal(body, url, form)
    return decoded(body)


def _told(body: bytes, url: str) -> Told:
    form = _small(body, url)
    if form == "pdf":
        return read_apart(body, url=url)
    if form == "package":
        return read_docx(body, url=url)
    if form == "text":
        return read_plain(body)
    raise _refusal(body, url, form)


def _small(body: bytes, url: str) -> _Format:
    """What the file is, where it is not too large to be read."""
    if len(body) > MOST_BYTES:
        raise ExtractError(url, "too-large", f"it has more than {MOST_BYTES >> 20} MB")
    return _format(body)


def _format(body: bytes) -> _Format:
    if _PDF.search(body[:1024]):
        return "pdf"
    if body.startswith(b"PK\x03\x04"):
        return "package"
    if body.startswith(_OLE):
        return "old"
    if body.startswith(rb"{\rtf"):
        return "rich-text"
    if _is_mail(body):
        return "mail"
    return "text" if _is_text(body) else "none"


def _is_mail(body: bytes) -> bool:
    """Whether the bytes begin with headers, of which one is a mail's."""
    for line in body[:_SAMPLE].removeprefix(b"\xef\xbb\xbf").lstrip().splitlines():
        if _OF_MAIL.match(line):
            return True
        if not _HEADER.match(line):
            return False
    return False


def _is_text(body: bytes) -> bool:
    """Words, and neither markup nor data."""
    sample = decoded(body[:_SAMPLE])
    few = len(_WORD.findall(sample)) < _FEW_WORDS
    if few or _MARKUP.match(sample) or len(_CONTROL.findall(sample)) * 100 > len(sample):
        return False
    try:
        check_bytes("", sample.encode(errors="replace"))
    except ExtractError as error:
        return error.kind == "not-html"
    return False  # it holds HTML's elements


def _refusal(body: bytes, url: str, form: _Format) -> ExtractError:
    if form == "old" and "EncryptedPackage".encode("utf-16-le") in body:
        return ExtractError(url, "encrypted", "it opens with a password only; ask for an open copy")
    if form == "rich-text" or "WordDocument".encode("utf-16-le") in body:
        return ExtractError(url, "old-word", "it is in Word's format of before 2007; open it and save it as .docx")
    if form == "mail":
        return ExtractError(url, "unknown-format", "it is an e-mail; save the file attached to it and import that")
    if not body.strip():
        return ExtractError(url, "no-text", "the file is empty")
    return ExtractError(url, "unknown-format", "it is none of PDF, Word and plain text; save it as .docx or PDF")
