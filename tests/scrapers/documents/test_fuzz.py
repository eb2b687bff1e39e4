"""Whatever bytes arrive: an article, or one of the errors that were promised."""

import functools
import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.errors import ExtractError
from digest.model import Article
from scrapers.documents.flow import joined
from scrapers.documents.legacy import ENCODINGS, decode, encoding_of, mend_text
from scrapers.documents.reading import FLAGS, KINDS, is_document, read_document
from scrapers.extraction import extract
from tests.scrapers.documents.encoders import to_tcvn3, to_vni
from tests.scrapers.documents.makers import PROSE, a_docx, a_drawn_pdf, a_paragraph, a_pdf, a_raw_docx, a_zip

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=25)
QUICK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=150)


@functools.cache
def pdfs() -> tuple[bytes, ...]:
    """Small real PDFs."""
    drawn = a_drawn_pdf([[(".VnTime", 11, 60, 700, to_tcvn3(PROSE[0][:60])), ("Helvetica", 9, 60, 600, "12")]])
    return (drawn, a_pdf("= Một cửa\n" + PROSE[0] + "\n#table(columns: 2, [Ấp], [Hồ sơ], [Bến], [120])"))


@functools.cache
def word_files() -> tuple[bytes, ...]:
    """Small real Word files."""
    raw = a_raw_docx(a_paragraph(PROSE[0], style="con") + a_paragraph(to_vni(PROSE[1]), font="VNI-Times"))
    return raw, a_docx(lambda document: [document.add_paragraph(prose) for prose in PROSE])


@st.composite
def spoilt(draw: st.DrawFn, make) -> bytes:
    """A real file with some bytes changed, cut out or put in."""
    body = bytearray(draw(st.sampled_from(make())))
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, max(len(body) - 1, 0)))
        how = draw(st.sampled_from(["change", "cut", "put", "copy"]))
        if how == "change":
            body[at : at + 1] = bytes([draw(st.integers(0, 255))])
        elif how == "cut":
            del body[at : at + draw(st.integers(1, 200))]
        elif how == "put":
            body[at:at] = draw(
                st.sampled_from([b"\0", b"<<", b"9" * 12, b"endobj", b"-1", b"\xff" * 4, b"obj", b"<w:p>"])
            )
        else:
            start = draw(st.integers(0, max(len(body) - 1, 0)))
            body[at:at] = body[start : start + draw(st.integers(1, 100))]
    return bytes(body)


@functools.cache
def parts() -> tuple[bytes, ...]:
    """The markup inside Word files."""
    return tuple(zipfile.ZipFile(io.BytesIO(body)).read("word/document.xml") for body in word_files())


def read(body: bytes) -> Article | None:
    article, error = None, None
    try:
        article = read_document(body, url="")
    except ExtractError as refused:
        error = refused
    if article is None:
        assert error is not None
        assert error.kind in KINDS
        assert error.detail
        return None
    assert set(article.flags) <= {*FLAGS, *extract.FLAGS}
    assert len(article.paragraphs) == len(article.kinds)
    assert all(text.strip() == text != "" for text in article.paragraphs)
    return article


@SLOW
@given(spoilt(pdfs))
def test_a_spoilt_pdf_is_read_or_refused(body: bytes):
    read(body)


@QUICK
@given(spoilt(word_files))
def test_a_spoilt_word_file_is_read_or_refused(body: bytes):
    read(body)


@QUICK
@given(spoilt(parts), st.one_of(st.none(), spoilt(parts)))
def test_spoilt_markup_in_a_whole_word_file_is_read_or_refused(document: bytes, styles: bytes | None):
    read(a_zip({"word/document.xml": document, **({"word/styles.xml": styles} if styles else {})}))


@QUICK
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode(errors="replace"))))
def test_any_bytes_are_read_or_refused(body: bytes):
    is_document(body)
    if not body.startswith(b"%PDF"):
        read(body)


@QUICK
@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x17F), max_size=200))
def test_any_text_can_be_asked_for_its_encoding(text: str):
    encoding_of(text)
    mended = mend_text(text)
    assert mended.count("\n") == text.count("\n")
    assert all(isinstance(decode(text, encoding), str) for encoding in ENCODINGS)


@QUICK
@given(st.lists(st.sampled_from(" ".join(PROSE).split()), min_size=6, max_size=14), st.sampled_from([to_vni, to_tcvn3]))
def test_a_line_is_never_made_worse(words: list[str], encode):
    text = " ".join(words).lower()
    assert mend_text(text) == text
    mended = mend_text(encode(text))
    assert mended.lower() == text or mended == encode(text)


@QUICK
@given(st.lists(st.text(max_size=20), max_size=8))
def test_joining_loses_no_letter(lines: list[str]):
    letters = [char for line in lines for char in line if char.isalnum()]
    assert [char for char in joined(lines) if char.isalnum()] == letters


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.4\n%%EOF",
        b"PK\x03\x04" + b"\0" * 40,
        b"PK\x03\x04PK\x05\x06" + b"\0" * 18,
        b"\xff\xfe" + b"\0\xd8" * 50,
        b"\x00" * 100,
    ],
)
def test_files_that_were_trouble_once(body: bytes):
    assert read(body) is None
