"""Which lines belong to a text: pointers and invitations do not, what merely sounds like them does; the end is signed."""

import pytest
from lxml.html import document_fromstring

from digest.text import fold
from scrapers.extraction.body import Line
from scrapers.extraction.boilerplate import is_foreign
from scrapers.extraction.byline import is_agency, is_office, read_byline
from scrapers.extraction.densest import densest
from scrapers.extraction.extract import extract
from scrapers.extraction.general import general_lines
from scrapers.extraction.lines import settle
from scrapers.extraction.outlet_mark import without_prefix
from scrapers.extraction.signing import signed

URL = "https://songchau.example/chinh-quyen/ha-chau-dua-mot-cua-ve-cum-xa-post412077.html"
FIRST = "Điểm tiếp nhận hồ sơ đầu tiên mở tại nhà văn hóa thôn Bến Mới, làm việc cả sáng thứ Bảy."
SECOND = "Hồ sơ được số hóa ngay tại quầy, bản giấy chỉ phải nộp một lần duy nhất."
NAMES = frozenset({fold("Báo Sông Châu"), "sco"})


@pytest.mark.parametrize(
    "text",
    [
        "* Mời bạn đọc vào chuyên mục Xã hội xem các tin, bài liên quan.",
        "Kính mời quý độc giả theo dõi chương trình phát lúc 20 giờ tối nay trên kênh truyền hình của tỉnh.",
        "-> Đăng ký tạm trú: những điều cần biết",
        "=>> Thủ tục mới",
        "Xem thêm: Thủ tục cho trẻ em (Nguồn: Sông Châu)",
        "Đọc thêm tại đây",
        "Bạn có thể quan tâm",
        "Chọn Báo Sông Châu làm nguồn ưu tiên trên Google",
        "Theo dõi Báo Sông Châu trên Zalo",
        "Trở thành người đầu tiên tặng sao cho bài viết",
        "Các tin liên quan",
        "Lượt xem: 214",
        "* * * * *",
        "Copy link",
        "Tin liên quan:",
        "Bài đọc tiếp",
    ],
)
def test_a_line_of_the_page_s_machinery_is_foreign(text: str) -> None:
    assert is_foreign(Line(text=text), URL)


@pytest.mark.parametrize(
    "text",
    [
        "Theo dõi hồ sơ qua Zalo",
        "Theo dõi tiến độ từng hồ sơ là việc của tổ trưởng tổ một cửa.",
        "Kết nối Zalo với người dân",
        "Xem thêm sau ba ngày, nếu hồ sơ chưa được trả thì cán bộ phải xin lỗi người nộp bằng văn bản.",
        "Mời người dân góp ý",
        "Liên quan đến hồ sơ đất đai, xã đã lập tổ công tác.",
        "Bài học từ một xã vùng cao",
        "Chia sẻ dữ liệu",
        "(Quyết định số 12/QĐ-UBND ngày 02/03/2026)",
    ],
)
def test_a_line_that_merely_sounds_like_it_stays(text: str) -> None:
    assert not is_foreign(Line(text=text), URL)


@pytest.mark.parametrize(
    ("address", "foreign"),
    [
        ("/bai-khac-post1.html", True),
        ("https://m.songchau.example/a", True),
        ("https://khac.example/a", False),
        ("http://[bad", False),
    ],
)
def test_a_line_that_is_all_link_is_foreign_where_it_stays_on_the_site(address: str, *, foreign: bool) -> None:
    assert is_foreign(Line(text="Ba xã bỏ 34 loại giấy tờ", linked=1.0, hrefs=(address,)), URL) is foreign


@pytest.mark.parametrize(
    ("last", "author", "note", "left"),
    [
        ([Line(text="TTXVN", bold=1.0)], None, "TTXVN", 2),
        ([Line(text="(TTXVN/Vietnam+)")], None, "(TTXVN/Vietnam+)", 2),
        ([Line(text="(Theo Cổng thông tin Bãi Sậy)")], None, "Theo Cổng thông tin Bãi Sậy", 2),
        ([Line(text="Theo baochinhphu.vn")], None, "Theo baochinhphu.vn", 2),
        ([Line(text="Nguồn: Sở Nội vụ", italic=1.0)], None, "Nguồn: Sở Nội vụ", 2),
        ([Line(text="Văn phòng Sở Nội vụ", right=True)], None, "Văn phòng Sở Nội vụ", 2),
        ([Line(text="Phòng Văn hóa - Xã hội", bold=1.0)], None, "Phòng Văn hóa - Xã hội", 2),
        ([Line(text="Báo Sông Châu")], None, None, 2),
        ([Line(text="SCO")], None, None, 2),
        ([Line(text="(xem tiếp kỳ sau)", right=True)], None, None, 2),
        ([Line(text="Tạ Nguyên Hà/Báo Bến Mới", bold=1.0)], "Tạ Nguyên Hà", "Báo Bến Mới", 2),
        ([Line(text="Lan Hương/SHV-Tây Hậu", right=True)], "Lan Hương", "SHV-Tây Hậu", 2),
        (
            [Line(text="Bác sĩ Trần Thanh Vĩ (Trung tâm y tế Hà Châu)", right=True)],
            "Bác sĩ Trần Thanh Vĩ",
            "(Trung tâm y tế Hà Châu)",
            2,
        ),
        ([Line(text="Bài, ảnh: Út Trà"), Line(text="VTO")], "Út Trà", None, 2),
        ([Line(text="Sở Nội vụ sẽ tổng kết vào cuối năm.", bold=1.0)], None, None, 3),
        ([Line(text="Theo kế hoạch, tỉnh tổng kết vào tháng 12.")], None, None, 3),
        ([Line(text="Một việc", kind="li")], None, None, 3),
    ],
)
def test_what_stands_below_a_text_says_who_wrote_it(
    last: list[Line], author: str | None, note: str | None, left: int
) -> None:
    lines, by = signed([Line(text=FIRST), Line(text=SECOND), *last], NAMES)
    assert (by.author, by.note, len(lines)) == (author, note, left)


@pytest.mark.parametrize(
    ("text", "author", "note"),
    [
        ("Quang Mẫn (theo Bản tin Thợ)", "Quang Mẫn", "(theo Bản tin Thợ)"),
        ("Lan Anh/Minh Đức", "Lan Anh/Minh Đức", None),
        ("LAN ANH/MINH LONG", "LAN ANH/MINH LONG", None),
        ("PGS.TS Nguyễn Văn Bưởi", "PGS.TS Nguyễn Văn Bưởi", None),
        ("Bởi Hoài Nam", "Hoài Nam", None),
        (
            "Nguyễn An, Trần Bình, Lê Châu, Phạm Dung, Vũ Giang",
            "Nguyễn An, Trần Bình, Lê Châu, Phạm Dung, Vũ Giang",
            None,
        ),
        ("Một Hai Ba Bốn Năm Sáu Bảy Tám Chín", None, None),
        ("Bút danh", None, None),
        ("A" * 400, None, None),
    ],
)
def test_a_byline_is_parted_into_people_and_where_they_work(text: str, author: str | None, note: str | None) -> None:
    by = read_byline(text, NAMES)
    assert (by.author, by.note) == (author, note)


def test_an_office_and_an_agency_are_known_by_their_names() -> None:
    assert is_office("Ban Biên tập")
    assert is_office("UBND xã Bến Mới")
    assert not is_office("Một xã vùng cao làm được gì?")
    assert is_agency("(TTXVN/Vietnam+)")
    assert not is_agency("Lê Bến")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("LĐO | Sáng nay", "Sáng nay"),
        ("QĐND - Sáng nay", "Sáng nay"),
        ("VOV.VN - Sáng nay", "Sáng nay"),
        ("XYO - Sáng nay", "Sáng nay"),
        ("NDO/VOV - Sáng nay", "Sáng nay"),
        ("WTO - Sáng nay", "WTO - Sáng nay"),
        ("Kỳ 1 - Sáng nay", "Kỳ 1 - Sáng nay"),
    ],
)
def test_initials_that_end_in_o_are_a_paper_s_own(text: str, rest: str) -> None:
    assert without_prefix(text) == rest


def test_a_dated_line_above_the_text_is_no_paragraph() -> None:
    dated = Line(text="Đinh Nguyệt Hà • 11/02/2026 15:29")
    text = settle([dated, Line(text=FIRST), Line(text=SECOND)], [], url=URL, known=[], names=NAMES)
    assert text.paragraphs == (FIRST, SECOND)


def dense_text(body: str) -> str:
    found = densest(document_fromstring(f"<html><body>{body}</body></html>"))
    return " ".join(found.text_content().split()) if found is not None else ""


def test_the_running_text_is_found_among_menus_and_lists() -> None:
    menu = "".join(f"<li><a href='/{n}'>Một mục có tên khá dài của trang tin huyện số {n}</a></li>" for n in range(30))
    text = "".join(f"<p>{FIRST} {number}</p>" for number in range(6))
    side = f"<div class='sidebar'><p>{SECOND} {SECOND} {SECOND}</p></div>"
    assert dense_text(f"<ul>{menu}</ul><div><div id='x'>{text}</div>{side}</div>").startswith(FIRST)
    assert SECOND not in dense_text(f"<ul>{menu}</ul><div><div id='x'>{text}</div>{side}</div>")


def test_a_text_in_sections_is_taken_whole_and_a_bare_page_gives_none() -> None:
    sections = "".join(f"<section><p>{FIRST} {n}</p><p>{SECOND} {n}</p></section>" for n in range(4))
    assert dense_text(f"<div id='a'>{sections}</div>").count(SECOND) == 4
    assert dense_text(f"<div>{FIRST}<br>{SECOND}<br>{FIRST}<br>{SECOND}</div>").count(FIRST) == 2
    assert not dense_text(f"<p>{FIRST}</p>")
    assert not dense_text("<nav><p>" + FIRST * 9 + "</p></nav>")


def test_a_frame_that_holds_the_page_is_no_margin_whatever_its_name() -> None:
    text = "".join(f"<p>{FIRST} {number}</p>" for number in range(6))
    assert dense_text(f"<div class='page has-sidebar'><span><div>{text}</div></span></div>").startswith(FIRST)


def test_a_box_by_name_that_holds_most_of_the_text_is_the_text() -> None:
    text = "".join(f"<p>{FIRST} {number}</p>" for number in range(6))
    page = f"<html><body><h1 class='article__title'>Tít của bài</h1><div class='article__body'><div class='print'>{text}</div><p>{SECOND}</p></div>"
    assert len(extract(page.encode(), url=URL).paragraphs) == 7


def test_a_page_wrapped_in_one_form_is_read() -> None:
    inner = f"<h1>Huyện Bãi Sậy giao chỉ tiêu</h1><div class='ngay-dang'>Ngày đăng: 04/03/2026 16:20</div><div class='noi-dung'><p>{FIRST}</p><p>{SECOND}</p><p>{FIRST} Hết.</p></div>"
    article = extract(
        f"<html><body><form id='aspnetForm'>{inner}</form></body></html>".encode(),
        url="https://bs.example/tin.aspx?id=7",
    )
    assert article.paragraphs[:2] == (FIRST, SECOND)
    assert article.published is not None
    assert "time-shown" in article.flags


def test_a_tree_of_more_elements_than_any_article_has_is_not_tried() -> None:
    assert general_lines(document_fromstring("<html><body>" + "<i>a</i>" * 31_000)) == []


def test_control_characters_in_a_text_do_no_harm() -> None:
    page = f"<h1 class='article__title'>Tít\x0b của bài</h1><div class='article__body'><p>{FIRST}<br>\x01{SECOND}&#11;&#65535;\uffff</p></div>"
    assert extract(page.encode(), url=URL).paragraphs == (FIRST, SECOND)


def test_a_line_break_that_is_doubled_parts_paragraphs() -> None:
    page = f"<h1 class='article__title'>Tít của bài</h1><div class='article__body'>Ba nhóm việc<br><br>Nhóm một<br>làm trước<p>{FIRST}</p></div>"
    assert extract(page.encode(), url=URL).paragraphs == ("Ba nhóm việc", "Nhóm một làm trước", FIRST)


def test_of_two_standfirsts_the_one_that_is_cut_off_goes() -> None:
    cut = f"<div class='sapo'>{FIRST} Cần có phương án {SECOND[:30]}</div>"
    page = f"<h1>Tít của bài</h1><div id='content-detail'>{cut}<p class='sapo'>{FIRST}</p><p>{SECOND}</p><p>{SECOND} Hết.</p></div>"
    article = extract(page.encode(), url="https://vt.example/hop-truc-tuyen-88701.html")
    assert (article.sapo, article.paragraphs) == (FIRST, (SECOND, SECOND + " Hết."))


def test_a_mail_address_beside_a_name_is_no_part_of_it() -> None:
    by = "<div class='article__author'><a>Hà Lúa</a><a href='mailto:a'>halua@songchau.example</a></div>"
    page = f"<h1 class='article__title'>Tít của bài</h1>{by}<div class='article__body'><p>{FIRST}</p></div>"
    assert extract(page.encode(), url=URL).author == "Hà Lúa"


def test_today_s_date_in_the_site_s_head_is_not_the_article_s() -> None:
    head = "<div class='top-bar'><span>Thứ sáu, 20/03/2026 05:00</span></div>"
    page = f"<html><body><div>{head}<h1 class='article__title'>Tít của bài</h1></div><div class='article__body'><p>{FIRST}</p></div>"
    assert extract(page.encode(), url=URL).published is None


def test_a_short_text_is_read_where_a_common_name_says_so() -> None:
    page = f"<h1>Thông báo nghỉ lễ</h1><div class='noi-dung'><p>{FIRST}</p></div>"
    article = extract(page.encode(), url="https://bs.example/tin.aspx?id=7")
    assert (article.paragraphs, article.flags[0]) == ((FIRST,), "generic")


def test_a_text_of_list_entries_alone_goes_to_the_general_extractor() -> None:
    entries = "".join(f"<li>{FIRST} Việc thứ {n}.</li><li>{SECOND} Việc thứ {n} nữa.</li>" for n in range(4))
    table = "<table><tr><td>Xã</td><td>Hồ sơ</td></tr><tr><td>Bến Mới</td><td>214</td></tr></table>"
    page = f"<html><body><h1>Tám việc trong tháng</h1><div><ul>{entries}</ul>{table}</div></body></html>"
    article = extract(page.encode(), url=URL)
    assert "fallback" in article.flags
    assert any(paragraph.startswith(FIRST) for paragraph in article.paragraphs)


def test_a_common_name_on_a_part_of_the_page_is_not_believed_against_its_running_text() -> None:
    text = "".join(f"<p>{FIRST} {number}</p>" for number in range(8))
    around = f"<div itemprop='articleBody'><ul>{'<li>Một mục dài của trang tin huyện</li>' * 60}</ul><div class='than-bai'>{text}</div></div>"
    page = f"<html><body><h1>Tít của bài</h1><div class='article-content'><p>{SECOND}</p></div>{around}</body></html>"
    article = extract(page.encode(), url=URL)
    assert len(article.paragraphs) == 8
    assert "fallback" in article.flags


def test_a_table_that_only_leads_to_other_pieces_is_no_table_of_the_text() -> None:
    links = "".join(
        f"<tr><td><a href='/b-{n}'>Bài khác số {n}</a></td><td><a href='/c-{n}'>Bài nữa {n}</a></td></tr>"
        for n in range(3)
    )
    data = "<tr><td>Xã</td><td>Hồ sơ</td></tr><tr><td><a href='/x'>Bến Mới</a></td><td>214 hồ sơ đúng hạn</td></tr>"
    inside = f"<table>{links}</table><p>{FIRST}</p><table>{data}</table><p>{SECOND}</p>"
    page = f"<h1 class='article__title'>Tít của bài</h1><div class='article__body'>{inside}</div>"
    assert extract(page.encode(), url=URL).paragraphs == (FIRST, "Xã | Hồ sơ", "Bến Mới | 214 hồ sơ đúng hạn", SECOND)


def test_a_signature_in_a_bold_line_of_no_block_is_the_author_s() -> None:
    last = "<b class='author-translate' style='text-align:right; display:block'>Tin: Tường Minh - Ảnh: Đỗ Hiền</b>"
    page = f"<h1 class='article__title'>Tít của bài</h1><div class='article__body'><p>{FIRST}</p><p>{SECOND}</p>{last}</div>"
    article = extract(page.encode(), url=URL)
    assert (article.paragraphs, article.author) == ((FIRST, SECOND), "Tường Minh")


def test_the_general_extractor_gives_lines_and_rows_or_nothing() -> None:
    rows = "<table><tr><td>Xã</td><td>Hồ sơ</td></tr><tr><td>Bến Mới</td><td>214</td></tr></table>"
    page = f"<html><body><article><h2>Tám việc</h2><p>{FIRST * 3}</p>{rows}<p>{SECOND * 3}</p></article></body></html>"
    lines = general_lines(document_fromstring(page))
    assert ("row", "Bến Mới | 214") in [(line.kind, line.text) for line in lines]
    assert general_lines(document_fromstring("<html><body></body></html>")) == []
