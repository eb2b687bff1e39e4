"""`diembao extract` on documents: by their bytes, whatever they are called."""

import json

from tests.scrapers.documents.encoders import to_vni
from tests.scrapers.documents.makers import PROSE, a_docx, a_pdf


def test_documents_are_read_by_their_bytes_whatever_they_are_called(diembao, tmp_path):
    def write(document):
        document.add_heading("Một cửa ở xã", 0)
        document.add_paragraph(PROSE[0])

    (tmp_path / "so-3.html").write_bytes(a_pdf("= Một cửa ở xã\n" + PROSE[0]))
    (tmp_path / "bai.bin").write_bytes(a_docx(write))
    (tmp_path / "bai.txt").write_text(to_vni(f"MỘT CỬA Ở XÃ\n\n{PROSE[0]}"), encoding="utf-8")
    status, out, _ = diembao("extract", tmp_path / "so-3.html", tmp_path / "bai.bin", tmp_path / "bai.txt")
    assert status == 0
    articles = [json.loads(line) for line in out.splitlines()]
    assert [article["title"].casefold() for article in articles] == ["một cửa ở xã"] * 3
    assert [article["paragraphs"] for article in articles] == [[PROSE[0]]] * 3
    assert ["legacy-vni" in article["flags"] for article in articles] == [False, False, True]


def test_a_document_that_cannot_be_read_costs_itself_alone_and_says_what_to_do(diembao, tmp_path):
    (tmp_path / "cut.pdf").write_bytes(a_pdf(PROSE[0])[:-60])
    (tmp_path / "cu.doc").write_bytes(rb"{\rtf1\ansi xa ven song}")
    (tmp_path / "bai.txt").write_text("\n\n".join(PROSE), encoding="utf-8")
    status, out, err = diembao("extract", tmp_path / "cut.pdf", tmp_path / "cu.doc", tmp_path / "bai.txt")
    assert status == 1
    assert len(out.splitlines()) == 1
    assert "cut.pdf: damaged" in err
    assert "cu.doc: old-word" in err
    assert "save it as .docx" in err
    assert "--url" not in err


def test_a_documents_address_says_whose_it_is(diembao, tmp_path):
    (tmp_path / "bai.txt").write_text("\n\n".join(PROSE), encoding="utf-8")
    status, out, _ = diembao("extract", tmp_path / "bai.txt", "--url", "https://baocantho.com.vn/tap-chi/so-3.txt")
    article = json.loads(out)
    assert (status, article["url"]) == (0, "https://baocantho.com.vn/tap-chi/so-3.txt")
    assert article["outlet"] == "Baocantho.com.vn"
