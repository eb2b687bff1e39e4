import io
import shutil
import subprocess
import tempfile
from pathlib import Path

import pikepdf
import pytest

from digest.errors import ExtractError
from scrapers.documents.document_text import Told
from scrapers.documents.flow import joined
from scrapers.documents.pdf import read_pdf
from tests.scrapers.documents.encoders import to_tcvn3, to_vni
from tests.scrapers.documents.makers import PROSE, Shown, a_docx, a_drawn_pdf, a_pdf, a_picture_pdf, assembled

JOURNAL = """
#set page("a5", columns: 2, margin: (x: 1.2cm, y: 2cm), header: [TẠP CHÍ LÚA VÀNG #h(1fr) Số 3],
  footer: context align(center, counter(page).display()))
#set par(justify: true, first-line-indent: 1em)
#set text(9pt)
"""
DECK = """
#set page(width: 25.4cm, height: 14.3cm, margin: 1.5cm, header: text(8pt)[SỞ NỘI VỤ TỈNH VEN SÔNG],
  footer: context align(right, text(9pt)[Trang #counter(page).display()/#counter(page).final().first()]))
#set text(20pt)
#let slide(title, body) = { text(30pt, weight: "bold", title); parbreak(); body; pagebreak(weak: true) }
"""


def told(body: bytes, most_pages: int = 50) -> Told:
    return read_pdf(body, url="https://lua.example/so-3.pdf", most_pages=most_pages)


def texts(body: bytes) -> list[str]:
    return [paragraph.text for paragraph in told(body).paragraphs]


def kinds(body: bytes) -> list[tuple[str, str]]:
    return [(paragraph.kind, paragraph.text) for paragraph in told(body).paragraphs]


def wrapped(text: str, *, font: str, x: float = 60, y: float = 720, letters: int = 70) -> list[Shown]:
    """A paragraph as lines of a drawn page."""
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) >= letters:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [(font, 11, x, y - 14 * at, line) for at, line in enumerate([*lines, line])]


def test_two_columns_are_read_one_after_the_other_under_the_headline_across_them():
    headline = '#place(top, scope: "parent", float: true, text(16pt, weight: "bold")[Xã ven sông trả giấy sớm])\n'
    assert texts(a_pdf(JOURNAL + headline + "\n\n".join(PROSE * 9))) == ["Xã ven sông trả giấy sớm", *PROSE * 9]


def test_a_paragraph_that_a_page_cuts_is_one_paragraph():
    for count in range(5, 9):
        assert texts(a_pdf(JOURNAL + "\n\n".join(PROSE * count))) == list(PROSE * count)


def test_running_heads_feet_and_page_numbers_are_dropped_and_the_text_at_the_edge_is_not():
    pages = '#set page("a5", header: [Bản tin #h(1fr) 3/2026], footer: context [Trang #counter(page).display()])\n'
    body = pages + "#pagebreak()".join(f"Điều {at}. {prose}\n\n" for at, prose in enumerate(PROSE * 2, 1))
    assert texts(a_pdf(body)) == [f"Điều {at}. {prose}" for at, prose in enumerate(PROSE * 2, 1)]


def test_left_and_right_pages_may_have_heads_of_their_own():
    pages = '#set page("a5", header: context if calc.odd(here().page()) [LÚA VÀNG] else [Số tháng ba])\n'
    prose = [f"Ấp {at} báo cáo: {text[:100].strip()}" for at, text in enumerate(PROSE * 40, 1)]
    assert texts(a_pdf(pages + "\n\n".join(prose))) == prose


def test_chapters_that_begin_on_pages_of_their_own_keep_their_headings():
    body = '#set page("a5")\n' + "#pagebreak()\n".join(f"= Chương {at * at}\n{PROSE[at]}\n" for at in range(1, 4))
    assert texts(a_pdf(body)) == [text for at in range(1, 4) for text in (f"Chương {at * at}", PROSE[at])]


def test_a_deck_is_read_slide_by_slide():
    slides = """
#slide[Cải cách ở xã ven sông][- Trả kết quả sớm\n- Một cửa cho người già]
#slide[Kết quả][#grid(columns: 2, gutter: 2cm, [*Năm nay*\n
- Hồ sơ đúng hạn chín mươi tám phần trăm trong cả quý\n
- Ba mươi lượt người mỗi ngày ở quầy dành cho người già], [*Năm trước*\n
- Hồ sơ đúng hạn tám mươi phần trăm trong cả quý\n
- Hai mươi lượt người mỗi ngày, chưa có quầy riêng])]
#slide[Kết quả][Số liệu do xã báo cáo.]
"""
    assert kinds(a_pdf(DECK + slides)) == [
        ("h", "Cải cách ở xã ven sông"),
        ("li", "Trả kết quả sớm"),
        ("li", "Một cửa cho người già"),
        ("h", "Kết quả"),
        ("h", "Năm nay"),
        ("li", "Hồ sơ đúng hạn chín mươi tám phần trăm trong cả quý"),
        ("li", "Ba mươi lượt người mỗi ngày ở quầy dành cho người già"),
        ("h", "Năm trước"),
        ("li", "Hồ sơ đúng hạn tám mươi phần trăm trong cả quý"),
        ("li", "Hai mươi lượt người mỗi ngày, chưa có quầy riêng"),
        ("h", "Kết quả"),
        ("p", "Số liệu do xã báo cáo."),
    ]


def test_a_ruled_table_is_read_row_by_row_wherever_it_stands():
    table = "#table(columns: 3, [Ấp], [Hồ sơ], [Đúng hạn], [Bến Đò], [120], [98 %], [Cây Gạo], [80], [97 %])\n\n"
    rows = ["Ấp | Hồ sơ | Đúng hạn", "Bến Đò | 120 | 98 %", "Cây Gạo | 80 | 97 %"]
    read = kinds(a_pdf(JOURNAL + f"{PROSE[0]}\n\n{table}{PROSE[1]}\n\n" + "\n\n".join(PROSE * 6)))
    assert read[:5] == [("p", PROSE[0]), *(("row", row) for row in rows), ("p", PROSE[1])]


def test_a_table_of_drawn_boxes_inside_a_drawing_is_ruled_too():
    cells = [(60, 700, "Ap"), (160, 700, "Ho so"), (60, 680, "Ben"), (160, 680, "120")]
    boxes = "".join(f"{x - 5} {y - 5} 100 20 re S {x} {y} 40 10 re f\n" for x, y, _ in cells)
    words = "".join(f"BT /F0 11 Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in cells)
    form = boxes.encode()
    content = f"/X Do {words}".encode()
    body = assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            (
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
                b" /Resources << /Font << /F0 5 0 R >> /XObject << /X 6 0 R >> >> >>"
            ),
            f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Length {len(form)} >>\nstream\n".encode()
            + form
            + b"\nendstream",
        ]
    )
    assert kinds(body) == [("row", "Ap | Ho so"), ("row", "Ben | 120")]


def test_a_drawing_of_very_many_lines_is_no_table_and_costs_no_text():
    content = b"0 0 m 5 900 l S 0 0 m 900 5 l S\n" * 15_000 + b"BT /F0 11 Tf 60 700 Td (Ban do xa) Tj ET"
    body = assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F0 5 0 R >> >> >>",
            f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ]
    )
    assert texts(body) == ["Ban do xa"]


def test_a_cell_of_several_lines_is_one_cell():
    table = "#table(columns: (5cm, 5cm), [Việc], [Kết quả], [" + PROSE[0] + "], [Xong])"
    assert kinds(a_pdf(table)) == [("row", "Việc | Kết quả"), ("row", f"{PROSE[0]} | Xong")]


def test_a_table_without_rules_is_read_by_its_edges():
    grid = "#grid(columns: (4cm, 4cm, 4cm), row-gutter: 6pt, [Ấp], [Hồ sơ], [Đúng hạn], [Bến Đò], [120], [98 %], [Cây Gạo], [80], [97 %])"
    rows = [("row", "Ấp | Hồ sơ | Đúng hạn"), ("row", "Bến Đò | 120 | 98 %"), ("row", "Cây Gạo | 80 | 97 %")]
    assert kinds(a_pdf(f"{PROSE[0]}\n\n{grid}\n\n{PROSE[1]}")) == [("p", PROSE[0]), *rows, ("p", PROSE[1])]


def test_headings_are_known_by_size_weight_and_capitals():
    body = f"= Một cửa\n{PROSE[0]}\n\n*Quầy cho người già*\n\n{PROSE[1]}\n\nBÀ CON NÓI GÌ\n\n{PROSE[2]}"
    assert [text for kind, text in kinds(a_pdf(body)) if kind == "h"] == [
        "Một cửa",
        "Quầy cho người già",
        "BÀ CON NÓI GÌ",
    ]


def test_a_bold_standfirst_is_marked():
    paragraphs = told(a_pdf(f"= Một cửa\n*{PROSE[0]}*\n\n{PROSE[1]}")).paragraphs
    assert [paragraph.bold for paragraph in paragraphs] == [True, True, False]


@pytest.mark.parametrize(("font", "encode", "name"), [(".VnTime", to_tcvn3, "tcvn3"), ("VNI-Times", to_vni, "vni")])
@pytest.mark.parametrize("known", [True, False])
def test_old_encodings_are_converted_with_and_without_their_fonts_name(font, encode, name, known):
    font = font if known else "Helvetica"
    page: list[Shown] = [(font, 18, 60, 770, encode("Một cửa trả kết quả sớm"))]
    for at, prose in enumerate(PROSE[:3]):
        page += [
            (font, size, x, y, encode(line)) for font, size, x, y, line in wrapped(prose, font=font, y=730 - 80 * at)
        ]
    read = told(a_drawn_pdf([page]))
    assert read.found == (name,)
    assert [one.text for one in read.paragraphs] == ["Một cửa trả kết quả sớm", *PROSE[:3]]


def test_a_font_of_capitals_is_read_as_capitals_beside_plain_text():
    page = [(".VnTimeH", 18, 60, 770, to_tcvn3("nghị quyết của xã")), *wrapped("Gui ba con trong xa", font="Helvetica")]
    assert texts(a_drawn_pdf([page])) == ["NGHỊ QUYẾT CỦA XÃ", "Gui ba con trong xa"]


def test_a_page_on_its_side_is_read_upright():
    for degrees in (90, 180, 270):
        body = a_pdf('#set page("a5", flipped: true)\n' + "\n\n".join(PROSE[:2]))
        with pikepdf.open(io.BytesIO(body)) as pdf:
            matrix = {90: "0 1 -1 0 600 0", 180: "-1 0 0 -1 600 600", 270: "0 -1 1 0 0 600"}[degrees]
            page = pdf.pages[0]
            page.obj.MediaBox = pikepdf.Array([0, 0, 600, 600])
            page.contents_add(pdf.make_stream(f"q {matrix} cm".encode()), prepend=True)
            page.contents_add(pdf.make_stream(b"Q"))
            out = io.BytesIO()
            pdf.save(out)
        assert texts(out.getvalue()) == list(PROSE[:2])


def test_a_watermark_across_the_page_is_not_read():
    mark = "#set page(background: rotate(-35deg, text(60pt, fill: luma(220))[BẢN THẢO]))\n"
    assert texts(a_pdf(mark + "\n\n".join(PROSE))) == list(PROSE)


def test_a_foreign_word_that_was_broken_is_whole_again():
    body = (
        '#set page("a6")\n#set text(lang: "en", hyphenate: true)\n#set par(justify: true)\n'
        + "administrative modernization " * 30
    )
    assert set(" ".join(texts(a_pdf(body))).split()) == {"administrative", "modernization"}


def test_what_libreoffice_prints_is_read_too():
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")

    def write(document):
        document.add_heading("Xã ven sông trả giấy khai sinh trong buổi sáng", 1)
        for prose in PROSE * 5:
            document.add_paragraph(prose)
        document.add_paragraph("Ghế ngồi cho người già", style="List Bullet")
        table = document.add_table(3, 2, style="Table Grid")
        for cell, text in zip(
            [c for row in table.rows for c in row.cells], ["Ấp", "Hồ sơ", "Bến Đò", "120", "Cây Gạo", "80"], strict=True
        ):
            cell.text = text
        document.sections[0].header.paragraphs[0].text = "BẢN TIN LÚA VÀNG"

    read = kinds(_printed(office, a_docx(write)))
    assert read == [
        ("h", "Xã ven sông trả giấy khai sinh trong buổi sáng"),
        *(("p", prose) for prose in PROSE * 5),
        ("li", "Ghế ngồi cho người già"),
        ("row", "Ấp | Hồ sơ"),
        ("row", "Bến Đò | 120"),
        ("row", "Cây Gạo | 80"),
    ]


def _printed(office: str, body: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "bai.docx"
        source.write_bytes(body)
        command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", folder, str(source)], check=True, capture_output=True, timeout=120)
        return source.with_suffix(".pdf").read_bytes()


def test_pages_beyond_the_limit_are_counted_not_read():
    pages = [[("Helvetica", 11, 60, 700, "Trang nay co chu")]] * 40
    read = told(a_drawn_pdf(pages), most_pages=3)
    assert read.flags == ("pages-left-out",)
    assert len(read.paragraphs) == 1
    assert read.paragraphs[0].text == " ".join(["Trang nay co chu"] * 3)


def test_a_scanned_page_among_written_ones_is_told():
    with pikepdf.open(io.BytesIO(a_pdf(PROSE[0]))) as pdf, pikepdf.open(io.BytesIO(a_picture_pdf())) as picture:
        pdf.pages.extend(picture.pages)
        out = io.BytesIO()
        pdf.save(out)
    assert told(out.getvalue()).flags == ("pages-without-text",)


def kind_of(body: bytes) -> str:
    with pytest.raises(ExtractError) as caught:
        told(body)
    return caught.value.kind


def test_a_picture_of_a_page_has_no_text():
    assert kind_of(a_picture_pdf()) == "no-text"


def test_an_empty_page_has_no_text():
    with pytest.raises(ExtractError, match="nothing is written"):
        told(a_pdf(""))


def test_a_font_that_does_not_say_its_letters_has_no_text():
    content = b"BT /F0 11 Tf 60 700 Td <00010002000300040005> Tj ET"
    body = assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F0 5 0 R >> >> >>",
            f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream",
            b"<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Rieng /Encoding /Identity-H /DescendantFonts [6 0 R] >>",
            (
                b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Rieng /FontDescriptor 7 0 R"
                b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
            ),
            (
                b"<< /Type /FontDescriptor /FontName /ABCDEF+Rieng /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0"
                b" /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>"
            ),
        ]
    )
    assert kind_of(body) == "no-text"


def test_a_locked_file_says_so_and_one_that_is_only_marked_is_read():
    with pikepdf.open(io.BytesIO(a_pdf(PROSE[0]))) as pdf:
        locked, marked = io.BytesIO(), io.BytesIO()
        pdf.save(locked, encryption=pikepdf.Encryption(user="khoa", owner="chu"))
        pdf.save(marked, encryption=pikepdf.Encryption(user="", owner="chu"))
    assert kind_of(locked.getvalue()) == "encrypted"
    assert texts(marked.getvalue()) == [PROSE[0]]


def test_a_file_that_was_cut_off_or_spoilt_is_damaged():
    body = a_pdf("\n\n".join(PROSE))
    assert kind_of(body[: len(body) // 2]) == "damaged"
    assert kind_of(body[:-40]) == "damaged"
    assert kind_of(b"%PDF-1.4\nnothing\n%%EOF") == "damaged"
    assert kind_of(assembled([b"<< /Type /Catalog /Pages 9 0 R >>"])) in ("damaged", "no-text")


def test_a_page_that_cannot_be_read_is_named():
    body = assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Nothing >>",
        ]
    )
    assert kind_of(body) in ("damaged", "no-text")


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Kế hoạch 101/KH\u00ad", "UBND của tỉnh"], "Kế hoạch 101/KH-UBND của tỉnh"),
        (["Quyết định 618/", "QĐ-UBND"], "Quyết định 618/QĐ-UBND"),
        (["theo inter\u00ad", "national"], "theo international"),
        (["xã và/", "hoặc phường"], "xã và/ hoặc phường"),
    ],
)
def test_a_hyphen_or_a_documents_number_at_a_lines_end_stays_whole(lines, text):
    assert joined(lines) == text


def test_an_address_is_a_paragraph_of_its_own_and_keeps_its_hyphens():
    body = a_pdf(
        "#set par(justify: true)\nXong việc của xã ven sông, ai cũng vui.\\\nhttps://baolua.example/cai-cach/xa-ven-song-\\\n"
        "tra-giay-khai-sinh-som.html\n\n" + PROSE[0]
    )
    texts = [paragraph.text for paragraph in read_pdf(body, url="", most_pages=9).paragraphs]
    assert "https://baolua.example/cai-cach/xa-ven-song-tra-giay-khai-sinh-som.html" in texts
