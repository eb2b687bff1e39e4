import pytest

from digest.errors import ExtractError
from digest.model import Article
from scrapers.documents import reading
from scrapers.documents.reading import KINDS, is_document, read_document
from tests.fakes import at
from tests.scrapers.documents.encoders import to_vni
from tests.scrapers.documents.makers import PROSE, a_docx, a_paragraph, a_pdf, a_raw_docx, a_zip
from tests.scrapers.fakes import a_source

URL = "https://baolua.example/tap-chi-so-3.pdf"
TEXT = "\n\n".join(PROSE).encode()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def error_of(body: bytes) -> ExtractError:
    with pytest.raises(ExtractError) as caught:
        read_document(body, url=URL)
    assert caught.value.kind in KINDS
    return caught.value


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"\n%PDF-1.7 cut", id="pdf"),
        pytest.param(a_zip({"word/document.xml": ""}), id="docx"),
        pytest.param(OLE, id="doc"),
        pytest.param(rb"{\rtf1 xa}", id="rtf"),
        pytest.param(TEXT, id="text"),
        pytest.param(to_vni(PROSE[0]).encode("latin-1"), id="old text"),
        pytest.param(PROSE[0].encode("utf-16"), id="wide text"),
    ],
)
def test_a_document_is_known_by_its_bytes(body: bytes):
    assert is_document(body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   \n",
        b"Not Found",
        b"<!doctype html><p>Mot cua cua xa ven song tra ket qua som</p>",
        b"Mot cua cua xa ven song tra ket qua som <div>x</div> va nhanh",
        b'{"title": "mot hai ba bon nam sau bay tam chin"}',
        b"<rss><channel>mot hai ba bon nam sau bay tam</channel></rss>",
        b"\x89PNG\r\n\x1a\n mot hai ba bon nam sau bay tam chin",
        bytes(range(256)) * 40,
    ],
)
def test_a_page_data_and_pictures_are_none(body: bytes):
    assert not is_document(body)


def test_a_mail_is_refused_with_what_helps():
    body = f"Return-Path: <tin@bobut.example>\nSubject: Bản tin\n\n{PROSE[0]}".encode()
    assert is_document(body)  # so that it is not taken for a web page
    error = error_of(body)
    assert (error.kind, error.detail) == (
        "unknown-format",
        "it is an e-mail; save the file attached to it and import that",
    )


def test_a_pdf_becomes_an_article_of_its_source():
    body = a_pdf(
        "= Xã ven sông trả giấy khai sinh trong buổi sáng\nTác giả: Lê Bến\n\n"
        f"*{PROSE[0]}*\n\n{PROSE[1]}\n\nBến Đò, ngày 3 tháng 4 năm 2026"
    )
    article = read_document(body, url=URL, source=a_source(), fetched=at("2026-04-03 07:30"))
    assert article == Article(
        id=article.id,
        url=URL,
        outlet="Baolua.example",
        title="Xã ven sông trả giấy khai sinh trong buổi sáng",
        sapo=PROSE[0],
        paragraphs=(PROSE[1], "Bến Đò, ngày 3 tháng 4 năm 2026"),
        kinds=("p", "p"),
        author="Lê Bến",
        published=at("2026-04-03 00:00"),
        fetched=at("2026-04-03 07:30"),
        flags=("document", "day-only"),
    )
    assert len(article.id) == 16


def test_what_a_document_does_not_say_is_not_known():
    article = read_document(a_raw_docx(a_paragraph("Xã trả giấy sớm.")), url="")
    assert (article.url, article.outlet, article.sapo, article.author, article.published) == (None,) * 5
    assert article.title == "Xã trả giấy sớm."
    assert article.flags == ("document", "no-sapo", "no-author", "no-time")


def test_the_same_document_has_the_same_id_wherever_it_lies():
    body = a_raw_docx(a_paragraph("Xã trả giấy sớm."))
    assert read_document(body, url="", name="a.docx").id == read_document(body, url="", name="b.docx").id
    assert read_document(body, url=URL).id != read_document(body, url="").id


def test_a_documents_name_is_its_title_where_nothing_in_it_is():
    article = read_document(a_raw_docx(a_paragraph("Xã trả giấy sớm.")), url="", name="tap/bao-cao quy 1.docx")
    assert article.title == "bao-cao quy 1"
    assert article.paragraphs == ("Xã trả giấy sớm.",)


def test_the_old_encoding_is_flagged():
    article = read_document(to_vni("\n\n".join(PROSE)).encode(), url="")
    assert article.flags[:2] == ("document", "legacy-vni")
    assert article.paragraphs == PROSE


def test_word_files_of_before_2007_and_rich_text_say_how_to_save_them():
    for body in (OLE + "WordDocument".encode("utf-16-le"), rb"{\rtf1\ansi xa}"):
        error = error_of(body)
        assert (error.kind, "save it as .docx" in error.detail) == ("old-word", True)


def test_a_word_file_with_a_password_is_encrypted_not_old():
    assert error_of(OLE + "EncryptedPackage".encode("utf-16-le")).kind == "encrypted"


def test_other_files_are_of_an_unknown_format():
    assert error_of(OLE + "Workbook".encode("utf-16-le")).kind == "unknown-format"
    assert error_of(b"\x89PNG\r\n\x1a\n").kind == "unknown-format"


def test_an_empty_file_has_no_text():
    assert error_of(b"").kind == "no-text"


def test_a_file_beyond_the_limit_is_too_large(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 100)
    assert error_of(TEXT).kind == "too-large"


def test_a_word_file_by_python_docx_is_read_whole():
    def write(document):
        document.add_heading("Xã ven sông trả giấy khai sinh", 0)
        for prose in PROSE:
            document.add_paragraph(prose)

    article = read_document(a_docx(write), url=URL)
    assert (article.title, article.paragraphs) == ("Xã ven sông trả giấy khai sinh", PROSE)
