import pytest

from digest.errors import ExtractError
from scrapers.documents import docx
from scrapers.documents.docx import read_docx
from scrapers.documents.packages import open_package
from tests.scrapers.documents.encoders import to_tcvn3, to_vni
from tests.scrapers.documents.makers import PROSE, a_docx, a_paragraph, a_raw_docx, a_zip

URL = "https://lua.example/bai.docx"


def kinds(body: bytes) -> list[tuple[str, str]]:
    return [(paragraph.kind, paragraph.text) for paragraph in read_docx(body, url=URL).paragraphs]


def error_of(body: bytes) -> ExtractError:
    with pytest.raises(ExtractError) as caught:
        read_docx(body, url=URL)
    assert URL in str(caught.value)
    return caught.value


def test_paragraphs_headings_lists_and_tables_are_read_in_order_and_the_margins_are_not():
    def write(document):
        document.sections[0].header.paragraphs[0].text = "BẢN TIN LÚA VÀNG"
        document.sections[0].footer.paragraphs[0].text = "Trang 1"
        document.add_heading("Một cửa", 1)
        document.add_paragraph(PROSE[0])
        document.add_paragraph("Ghế ngồi", style="List Bullet")
        document.add_paragraph("Nước uống", style="List Number")
        table = document.add_table(2, 2)
        for at, text in enumerate(["Ấp", "Hồ sơ", "Bến Đò", "120"]):
            table.cell(at // 2, at % 2).text = text
        document.add_paragraph().add_run("Bà con nói gì").bold = True
        document.add_paragraph("- Mở điện thoại là biết")
        document.add_paragraph("VIỆC CÒN LẠI")

    assert kinds(a_docx(write)) == [
        ("h", "Một cửa"),
        ("p", PROSE[0]),
        ("li", "Ghế ngồi"),
        ("oli", "Nước uống"),
        ("row", "Ấp | Hồ sơ"),
        ("row", "Bến Đò | 120"),
        ("h", "Bà con nói gì"),
        ("li", "Mở điện thoại là biết"),
        ("h", "VIỆC CÒN LẠI"),
    ]


def test_tracked_deletions_hidden_text_and_fields_instructions_are_not_read_insertions_are():
    body = (
        "<w:p><w:r><w:t>Xã </w:t></w:r><w:del><w:r><w:delText>không </w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>chuyển đi </w:t></w:r></w:moveFrom>"
        "<w:ins><w:r><w:t>trả giấy</w:t></w:r></w:ins><w:r><w:tab/><w:t>sớm</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t> bí mật</w:t></w:r>"
        "<w:r><w:instrText> PAGE </w:instrText></w:r><w:hyperlink><w:r><w:t>, xem</w:t></w:r></w:hyperlink>"
        "<w:r><w:t> 76/NQ</w:t><w:noBreakHyphen/><w:t>CP</w:t><w:softHyphen/></w:r></w:p>"
    )
    assert kinds(a_raw_docx(body)) == [("p", "Xã trả giấy sớm, xem 76/NQ-CP")]


def test_a_text_box_is_read_once_behind_its_paragraph():
    box = f"<w:txbxContent>{a_paragraph('Ảnh: bến đò buổi sáng')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>Xã trả giấy sớm.</w:t></w:r></w:p>"
    )
    assert kinds(a_raw_docx(body)) == [("p", "Xã trả giấy sớm."), ("p", "Ảnh: bến đò buổi sáng")]


def test_content_controls_and_frames_of_one_cell_are_read_through():
    body = (
        f"<w:sdt><w:sdtContent>{a_paragraph('Trong khung.')}</w:sdtContent></w:sdt>"
        f"<w:tbl><w:tr><w:tc>{a_paragraph('Trong ô.')}{a_paragraph('Ô ấy.')}</w:tc></w:tr></w:tbl>"
        f"<w:tbl><w:tr><w:sdt><w:sdtContent><w:tc>{a_paragraph('Một')}</w:tc></w:sdtContent></w:sdt>"
        f"<w:tc>{a_paragraph('Hai')}</w:tc><w:tc><w:p/></w:tc></w:tr><w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    )
    assert kinds(a_raw_docx(body)) == [("p", "Trong khung."), ("p", "Trong ô."), ("p", "Ô ấy."), ("row", "Một | Hai")]


STYLES = """<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:styleId="goc"><w:name w:val="goc"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:styleId="con"><w:name w:val="con"/><w:basedOn w:val="goc"/></w:style>
<w:style w:styleId="vong"><w:name w:val="vong"/><w:basedOn w:val="vong"/></w:style>
<w:style w:styleId="muc"><w:name w:val="toc 1"/></w:style>
<w:style w:styleId="dam"><w:name w:val="dam"/><w:rPr><w:rFonts w:ascii="VNI-Times"/><w:b w:val="1"/></w:rPr></w:style>
</w:styles>"""


def test_styles_tell_headings_fonts_and_contents_through_what_they_are_based_on():
    body = (
        a_paragraph(to_tcvn3("Việc của xã"), style="con")
        + a_paragraph(to_tcvn3("Việc của ấp ..... 3"), style="muc")
        + a_paragraph(to_tcvn3("Ở ấp xa, người dân khen."), style="vong")
        + f'<w:p><w:r><w:rPr><w:rStyle w:val="dam"/></w:rPr><w:t>{to_vni("Nói gì")}</w:t></w:r></w:p>'
        + '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>BCH TW</w:t></w:r></w:p>'
    )
    told = read_docx(a_raw_docx(body, parts={"word/styles.xml": STYLES}), url=URL)
    assert [(one.kind, one.text) for one in told.paragraphs] == [
        ("h", "Việc của xã"),
        ("p", "ở ấp xa, người dân khen."),  # TCVN3 keeps no such capital, and no sentence before it tells
        ("h", "Nói gì"),
        ("h", "BCH TW"),
    ]
    assert told.found == ("vni", "tcvn3")


def test_lists_are_told_apart_by_their_numbering():
    numbering = """<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
    <w:abstractNum w:abstractNumId="1"><w:lvl><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
    <w:abstractNum w:abstractNumId="2"><w:lvl><w:numFmt w:val="lowerLetter"/></w:lvl></w:abstractNum>
    <w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="2"/></w:num></w:numbering>"""
    entry = "<w:p><w:pPr><w:numPr><w:numId w:val='{}'/></w:numPr></w:pPr><w:r><w:t>Ghế ngồi</w:t></w:r></w:p>"
    body = "".join(entry.format(number) for number in (5, 6, 7, 0))
    assert [kind for kind, _ in kinds(a_raw_docx(body, parts={"word/numbering.xml": numbering}))] == [
        "li",
        "oli",
        "li",
        "p",
    ]


def test_old_encodings_are_converted_by_font_run_by_run_and_by_content():
    body = (
        a_paragraph(to_tcvn3(PROSE[0]), font=".VnTime")
        + a_paragraph(to_tcvn3("Nghị quyết"), font=".VnTimeH")
        + a_paragraph(to_vni("ở xa"), font="VNI-Times")
        + a_paragraph(to_vni(PROSE[1]))
        + a_paragraph("Hà Nam", font="Arial")
    )
    told = read_docx(a_raw_docx(body), url=URL)
    assert [one.text for one in told.paragraphs] == [PROSE[0], "NGHỊ QUYẾT", "ở xa", PROSE[1], "Hà Nam"]
    assert told.found == ("vni", "tcvn3")


def test_unicode_in_a_font_with_an_old_name_is_left_alone():
    body = a_paragraph(PROSE[0], font=".VnTime") + a_paragraph("Toà nhà cao", font=".VnTime")
    told = read_docx(a_raw_docx(body), url=URL)
    assert [one.text for one in told.paragraphs] == [PROSE[0], "Toà nhà cao"]
    assert told.found == ()


def test_the_main_part_is_where_the_package_says():
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Type="x/other" Target="a"/><Relationship Type="x/officeDocument" Target="/noi/bai.xml"/></Relationships>'
    )
    document = f'<w:document xmlns:w="urn:w"><w:body>{a_paragraph("Ở nơi khác.")}</w:body></w:document>'
    assert kinds(a_zip({"_rels/.rels": relations, "noi/bai.xml": document})) == [("p", "Ở nơi khác.")]


def test_a_bomb_is_counted_while_it_is_unpacked_and_pictures_never_are(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(docx, "MOST_BYTES", 1_000_000)
    assert error_of(a_raw_docx(" " * 2_000_000)).kind == "too-large"
    picture = {"word/media/image1.png": b"\0" * 5_000_000}
    assert kinds(a_raw_docx(a_paragraph("Xã trả giấy."), parts=picture)) == [("p", "Xã trả giấy.")]


def test_markup_of_too_many_elements_is_refused():
    assert error_of(a_raw_docx("<w:p/>" * 1_000_001)).kind == "too-large"


def test_a_package_of_too_many_parts_is_refused():
    assert error_of(a_zip({f"word/{at}.xml": "" for at in range(5_001)})).kind == "too-large"


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE w [<!ENTITY a "ha">]>',
        '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 20 + '"><!ENTITY c "' + "&b;" * 20 + '">]>',
        '<!DOCTYPE w SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_entities_are_never_followed(before: str):
    error = error_of(a_raw_docx(a_paragraph("&c;" if "ENTITY c" in before else "Xã"), before=before))
    assert error.kind == "damaged"


def test_deep_nesting_is_refused_or_bounded():
    assert error_of(a_raw_docx("<w:sdt>" * 3000 + "</w:sdt>" * 3000)).kind == "damaged"
    inner = a_paragraph("Sâu quá.")
    for _ in range(30):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    assert kinds(a_raw_docx(a_paragraph("Xã trả giấy.") + inner)) == [("p", "Xã trả giấy.")]


def test_files_that_are_spoilt_are_damaged():
    whole = a_raw_docx(a_paragraph("Xã trả giấy."))
    at = whole.index(b"word/document.xml") + 40
    spoilt = whole[:at] + b"\0" * 20 + whole[at + 20 :]
    assert [error_of(body).kind for body in (whole[:200], b"PK\x03\x04", spoilt)] == ["damaged"] * 3
    assert error_of(a_zip({"word/document.xml": "<w:document"})).kind == "damaged"


def test_a_package_that_is_no_word_file_is_of_an_unknown_format():
    assert error_of(a_zip({"xl/workbook.xml": "<a/>"})).kind == "unknown-format"


def test_a_file_without_words_has_no_text():
    assert error_of(a_raw_docx("<w:p/>")).kind == "no-text"


def test_a_locked_part_says_so():
    body = bytearray(a_zip({"word/document.xml": "<a/>"}))
    body[6] |= 1
    at = body.index(b"PK\x01\x02")
    body[at + 8] |= 1
    assert error_of(bytes(body)).kind == "encrypted"


def test_a_package_tells_its_parts():
    package = open_package(a_zip({"a": "1", "b": "2"}), url=URL, most=10)
    assert package.read("a") == b"1"
    assert package.read("c") is None
