"""Tagged PDFs: headings, lists, drawings and links by their tags, whole over pages."""

import io

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from scrapers.documents.pdfium import scan
from scrapers.documents.sandbox import read_apart
from scrapers.documents.tagged import read_tags
from tests.scrapers.documents.makers import PROSE, a_pdf

SOURCE = f"""= Xã ven sông trả giấy sớm

{PROSE[0]}

- Một việc
- Hai việc

#link("https://baolua.example/tin-1")[Bài gốc] ở báo

#quote(block: true)[Dân hỏi bao giờ xong]

#pagebreak()

#figure(image(bytes("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"), alt: "Một ô trống"), caption: [Ô])
"""


def test_blocks_come_in_order_with_what_they_are():
    told = read_apart(a_pdf(SOURCE), url="")
    tags = [(block.tag, block.text) for block in told.tagged if block.text]
    assert tags[0] == ("H1", "Xã ven sông trả giấy sớm")
    assert ("P", PROSE[0]) in tags
    assert ("BlockQuote", "Dân hỏi bao giờ xong") in tags
    assert ("https://baolua.example/tin-1", "Bài gốc") in [
        (url, words) for one in told.tagged for words, url in one.links
    ]
    assert [block.alt for block in told.tagged if block.tag == "Figure"] == ["Một ô trống"]


def test_an_untagged_pdf_has_none():
    writer = PdfWriter(clone_from=io.BytesIO(a_pdf(SOURCE)))
    del writer.root_object["/StructTreeRoot"]
    del writer.root_object["/MarkInfo"]
    file = io.BytesIO()
    writer.write(file)
    assert read_apart(file.getvalue(), url="").tagged == ()


def test_tags_that_cannot_be_read_leave_the_text():
    writer = PdfWriter(clone_from=io.BytesIO(a_pdf(SOURCE)))
    root = writer.root_object["/StructTreeRoot"].get_object()
    assert isinstance(root, DictionaryObject)
    loop = writer._add_object(DictionaryObject({NameObject("/S"): NameObject("/Div")}))  # noqa: SLF001 - pypdf has no other
    below = loop.get_object()
    assert isinstance(below, DictionaryObject)
    below[NameObject("/K")] = ArrayObject([loop])
    root[NameObject("/K")] = ArrayObject([loop])
    file = io.BytesIO()
    writer.write(file)
    told = read_apart(file.getvalue(), url="")
    assert told.tagged == ()
    assert any(PROSE[0] == paragraph.text for paragraph in told.paragraphs)


def test_marks_that_belong_to_no_page_say_nothing():
    body = a_pdf(SOURCE)
    writer = PdfWriter(clone_from=io.BytesIO(body))
    root = writer.root_object["/StructTreeRoot"].get_object()
    assert isinstance(root, DictionaryObject)
    root[NameObject("/K")] = ArrayObject(
        [NumberObject(3), DictionaryObject({NameObject("/S"): NameObject("/P"), NameObject("/K"): NumberObject(0)})]
    )
    file = io.BytesIO()
    writer.write(file)
    assert len(PdfReader(file).pages) == 2
    blocks = read_tags(file.getvalue(), scan(body, url="", most_pages=9).sheets)
    assert [(block.tag, block.text) for block in blocks] == [("P", "")]
