"""Single decisions of extraction, each with the smallest page that needs it."""

import pytest

from digest.errors import CatalogueError
from digest.model import Article
from digest.text import fold
from scrapers.extraction.byline import read_byline
from scrapers.extraction.extract import extract
from scrapers.extraction.outlet_mark import without_prefix
from scrapers.markup import base_of, compiled, decode, parse, select, text_of
from scrapers.source import Selectors, Source
from tests.fakes import at

URL = "https://songchau.example/chinh-quyen/ha-chau-dua-mot-cua-ve-cum-xa-post412077.html"
FIRST = "Điểm tiếp nhận hồ sơ đầu tiên mở tại nhà văn hóa thôn Bến Mới, làm việc cả sáng thứ Bảy."
SECOND = "Hồ sơ được số hóa ngay tại quầy, bản giấy chỉ phải nộp một lần duy nhất."
THIRD = "Đến cuối tháng, tỷ lệ hồ sơ trả đúng hạn của ba xã đạt trên 99 phần trăm."
SAPO = "Từ tháng này, người dân ba xã ven sông không còn phải đi gần 20 km để nộp hồ sơ đất đai."
NAMES = frozenset({fold("Báo Sông Châu"), fold("SCO"), "songchau.example"})


def the_article(
    *paragraphs: str,
    head: str = "",
    above: str = "",
    url: str = URL,
    source: Source | None = None,
    body: str = "article__body",
) -> Article:
    inside = "".join(part if part.startswith("<") else f"<p>{part}</p>" for part in paragraphs)
    title = '<h1 class="article__title">Hà Châu đưa một cửa về cụm xã</h1>'
    html = f'<html><head>{head}</head><body><main>{title}{above}<div class="{body}">{inside}</div></main></body></html>'
    return extract(html.encode(), url=url, source=source)


def the_source(**fields: object) -> Source:
    known: dict[str, object] = {
        "id": "songchau",
        "name": "Báo Sông Châu",
        "domain": "songchau.example",
        "outlet": "Songchau.example",
        "kind": "provincial_paper",
    }
    return Source(**(known | fields))  # type: ignore[arg-type]  # the caller names real fields


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("Đồng bào".encode(), "text/html; charset=iso-8859-1", "Đồng bào"),
        ("\ufeffĐồng".encode(), None, "Đồng"),
        ("Đồng".encode("utf-16"), None, "Đồng"),
        ("café".encode("cp1252"), "text/html; charset=ISO-8859-1", "café"),
        (b'<meta charset="windows-1252">caf\xe9', None, '<meta charset="windows-1252">café'),
        (b'<meta charset="cp1252">caf\xe9', "text/html; charset=no-such-set", '<meta charset="cp1252">café'),
        ("Trụ sở ".encode() * 90 + b"\xe1", None, "Trụ sở " * 90 + "\ufffd"),
        (b'<meta charset="utf-8">a\xe9', None, '<meta charset="utf-8">a\ufffd'),
    ],
)
def test_bytes_are_read_as_what_they_are(body: bytes, content_type: str | None, text: str) -> None:
    assert decode(body, content_type) == text


def test_an_unknown_single_byte_set_is_detected() -> None:
    assert "\ufffd" not in decode("Жалоба рассмотрена в срок. ".encode("cp1251") * 20, None)


def test_a_wrong_selector_is_named() -> None:
    with pytest.raises(CatalogueError, match=r"div\[") as raised:
        compiled("div[")
    assert raised.value.__cause__ is not None


def test_soup_contains_is_understood() -> None:
    tree = parse('<div class="c-box"><b>Bài liên quan</b></div><div class="c-box"><b>Khác</b></div>')
    assert tree is not None
    assert [text_of(box) for box in select(tree, ".c-box:has(b:-soup-contains('Bài liên quan'))")] == ["Bài liên quan"]


@pytest.mark.parametrize(
    ("href", "base"),
    [
        ("https://songchau.example/", "https://songchau.example/"),
        ("/static/templates/web/", URL),
        ("https://khac.example/", URL),
        ("http://[bad", URL),
    ],
)
def test_a_base_that_leads_away_is_not_followed(href: str, base: str) -> None:
    tree = parse(f'<html><head><base href="{href}"></head><body><p>a</p></body></html>')
    assert tree is not None
    assert base_of(tree, URL) == base


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        ("https://songchau.example/bai-a-post412077.html", "https://songchau.example/bai-a-post412077.html"),
        ("https://www.songchau.example/bai-a-post412077.html", "https://www.songchau.example/bai-a-post412077.html"),
        ("https://sco.example/bai-a-post412077.html", "https://sco.example/bai-a-post412077.html"),
        ("https://khac.example/bai-a-post412077.html", URL),
        ("https://songchau.example/", URL),
        ("javascript:;", URL),
    ],
)
def test_the_canonical_address_counts_while_it_stays_with_the_outlet(canonical: str, url: str) -> None:
    source = the_source(aliases=("sco.example", "Báo Sông Châu điện tử"))
    article = the_article(FIRST, head=f'<link rel="canonical" href="{canonical}">', source=source)
    assert article.url == url


def test_without_an_address_the_page_gives_its_own_or_none() -> None:
    assert the_article(FIRST, url="").url is None
    assert the_article(FIRST, url="").outlet is None
    told = the_article(FIRST, head=f'<meta property="og:url" content="{URL}">', url="")
    assert (told.url, told.outlet) == (URL, "Songchau.example")


def test_the_registered_domain_decides_on_a_second_level() -> None:
    head = '<link rel="canonical" href="https://m.songchau.com.vn/bai-a-post1.html">'
    assert the_article(FIRST, head=head, url="https://khac.com.vn/b.html").url == "https://khac.com.vn/b.html"


def test_a_source_s_own_selectors_come_first() -> None:
    source = the_source(selectors=Selectors(title=("h2.own",), body=("section.own",), author=("i.own",)))
    above = (
        f'<h2 class="own">Tít của riêng báo</h2><i class="own">Lê Bến</i><section class="own"><p>{SECOND}</p></section>'
    )
    article = the_article(FIRST, above=above, source=source)
    assert (article.title, article.author, article.paragraphs) == ("Tít của riêng báo", "Lê Bến", (SECOND,))


def test_a_source_whose_selectors_no_longer_match_is_still_read() -> None:
    source = the_source(family="F3", selectors=Selectors(title=("h2.gone",), body=("section.gone",)))
    assert the_article(FIRST, source=source).paragraphs == (FIRST,)


def test_a_standfirst_that_the_source_takes_from_a_meta_is_taken() -> None:
    head = f'<meta name="description" content="{SAPO}">'
    declared = the_source(selectors=Selectors(sapo=("meta[name=description]",)))
    assert the_article(FIRST, SECOND, head=head, source=declared).sapo == SAPO
    assert the_article(FIRST, SECOND, head=head).sapo is None


def test_a_description_is_a_standfirst_only_when_it_is_printed_and_whole() -> None:
    head = '<meta property="og:description" content="{}">'
    printed = the_article(FIRST, SECOND, head=head.format(SAPO), above=f"<div>{SAPO}</div>")
    assert (printed.sapo, printed.paragraphs) == (SAPO, (FIRST, SECOND))
    leading = the_article(SAPO, FIRST, head=head.format(SAPO))
    assert (leading.sapo, leading.paragraphs) == (SAPO, (FIRST,))
    cut_off = the_article(SAPO, FIRST, head=head.format(SAPO[:50] + "..."))
    assert (cut_off.sapo, cut_off.paragraphs) == (None, (SAPO, FIRST))


def test_a_first_paragraph_in_bold_is_the_standfirst() -> None:
    article = the_article(f"<p><strong>{SAPO}</strong></p>", FIRST, SECOND)
    assert (article.sapo, article.paragraphs) == (SAPO, (FIRST, SECOND))


def test_a_bold_beginning_is_no_standfirst() -> None:
    lead = "<p><strong>Sáng nay tại Hà Châu,</strong> lãnh đạo ba xã đã họp bàn về việc mở điểm tiếp nhận.</p>"
    article = the_article(lead, FIRST, source=the_source(selectors=Selectors(sapo=(".article__body p > strong",))))
    assert article.sapo is None
    assert len(article.paragraphs) == 2


def test_a_selector_into_the_text_means_its_first_paragraph() -> None:
    source = the_source(selectors=Selectors(sapo=(".article__body > p",)))
    article = the_article(SAPO, FIRST, SECOND, THIRD, source=source)
    assert (article.sapo, article.paragraphs) == (SAPO, (FIRST, SECOND, THIRD))


def test_standfirsts_of_a_list_are_not_the_article_s() -> None:
    others = "".join(
        f'<div class="item-sapo">Tóm tắt của một bài khác, số {number} trong danh sách.</div>' for number in range(5)
    )
    assert the_article(FIRST, above=others).sapo is None


def test_the_headline_of_the_data_serves_where_none_is_printed() -> None:
    page = f"""<html><head><title>Tít bài dài - Báo Sông Châu</title><meta property="og:site_name" content="Báo Sông Châu">
    <meta property="og:title" content="Báo Sông Châu"></head><body><div class="article__body"><p>{FIRST}</p></div></body></html>"""
    assert extract(page.encode(), url=URL).title == "Tít bài dài"


def test_the_printed_heading_that_the_data_names_is_the_title() -> None:
    page = f"""<html><head><meta property="og:title" content="Tít của bài báo này"></head><body><h1>Báo điện tử tỉnh nhà</h1>
    <h1>Tít của bài báo này</h1><div class="fulltext"><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div></body></html>"""
    article = extract(page.encode(), url="https://xa.example/tin/1")
    assert (article.title, article.flags[0]) == ("Tít của bài báo này", "generic")


def test_the_longest_heading_is_the_title_where_nothing_tells() -> None:
    page = f"<html><body><h1>Tin tức</h1><h1>Tít của bài báo này</h1><div class='fulltext'><p>{FIRST * 4}</p></div></body></html>"
    assert extract(page.encode(), url="https://xa.example/tin/1").title == "Tít của bài báo này"


def test_a_page_of_no_known_shape_goes_to_the_general_extractor() -> None:
    rows = "<table><tr><td>Xã</td><td>Hồ sơ</td></tr><tr><td>Bến Mới</td><td>214</td></tr></table>"
    page = f"""<html><head><title>Hà Châu đưa một cửa về cụm xã</title></head><body><h1>Hà Châu đưa một cửa về cụm xã</h1>
    <div><p>{FIRST}</p><p>{SECOND}</p><h2>Hồ sơ đi thay người</h2><p>{THIRD}</p>{rows}<p>{SAPO}</p></div></body></html>"""
    article = extract(page.encode(), url=URL)
    assert "fallback" in article.flags
    assert {FIRST, SECOND, THIRD} <= set(article.paragraphs)
    assert "Bến Mới | 214" in article.paragraphs


@pytest.mark.parametrize(
    ("shown", "told", "moment", "flags"),
    [
        ("04/03/2026 07:15", "2026-03-04T07:15:00+07:00", "2026-03-04 07:15", ("time-shown",)),
        ("04/03/2026", "2026-03-04T07:15:00+07:00", "2026-03-04 07:15", ("time-shown",)),
        ("04/03/2026", "", "2026-03-04 00:00", ("time-shown", "day-only")),
        ("", "2026-03-04T07:15:00+07:00", "2026-03-04 07:15", ("time-from-data",)),
        ("20/03/2026 09:12", "2026-03-04T07:15:00+07:00", "2026-03-04 07:15", ("time-from-data", "time-in-doubt")),
        ("03/04/2026 07:15", "2026-03-04T07:15:00+07:00", "2026-04-03 07:15", ("time-shown", "time-in-doubt")),
    ],
)
def test_the_shown_time_is_checked_against_the_data(shown: str, told: str, moment: str, flags: tuple[str, ...]) -> None:
    above = f'<div class="article__meta"><time class="time">{shown}</time></div>'
    article = the_article(FIRST, head=f'<meta property="article:published_time" content="{told}">', above=above)
    assert article.published == at(moment)
    assert tuple(flag for flag in article.flags if "time" in flag or "day" in flag) == flags


def test_a_day_of_the_data_takes_its_minute_from_beside_the_title() -> None:
    head = '<meta property="article:published_time" content="2026-03-04">'
    article = the_article(FIRST, head=head, above="<p>Thứ Tư, 04/03/2026 | 07:15</p>")
    assert article.published == at("2026-03-04 07:15")


def test_a_date_in_the_text_or_below_it_is_not_the_article_s() -> None:
    below = "<div class='article__body'></div><footer><p>Giấy phép ngày 05/06/2019</p><p>07/08/2020 10:00</p></footer>"
    article = the_article("Ngày 02/03/2026 10:00", FIRST, below)
    assert article.published is None
    assert "no-time" in article.flags


def test_a_date_of_another_piece_is_not_the_article_s() -> None:
    above = '<div class="related-news"><time class="time">01/01/2026 08:00</time></div><p><a href="/b">02/01/2026 08:00</a></p>'
    assert the_article(FIRST, above=above).published is None


@pytest.mark.parametrize(
    ("text", "author", "note"),
    [
        ("Hà Lúa (tổng hợp)", "Hà Lúa", "(tổng hợp)"),
        ("Theo Lê Bến", "Lê Bến", "Theo"),
        ("Tin, ảnh: NGUYỄN VĂN AN", "NGUYỄN VĂN AN", None),
        ("Bài và ảnh: Hoàng Lâm - Mai Anh", "Hoàng Lâm - Mai Anh", None),
        ("Bài: Trần Sông - Ảnh: Quốc Tuấn", "Trần Sông", None),
        ("Mai Lan; ảnh: Quang Hùng", "Mai Lan", None),
        ("Thu Giang và Hà An", "Thu Giang và Hà An", None),
        ("Mai Đồng/VOV.VN", "Mai Đồng", None),
        ("Mai Đồng .", "Mai Đồng", None),
        ("Trang Anh", "Trang Anh", None),
        ("Nhóm phóng viên", "Nhóm phóng viên", None),
        ("PV", "PV", None),
        ("Theo TTXVN", None, "Theo TTXVN"),
        ("Nguồn: Báo Sông Châu", None, None),
        ("Báo Sông Châu", None, None),
        ("Báo Lao Động", None, None),
        ("SCO", None, None),
        ("Sở Tài chính", None, None),
        ("minhchien@songchau.example", None, None),
        ("https://www.facebook.com/songchau", None, None),
        ("Admin", None, None),
        ("Lê Bến 2026", None, None),
        ("", None, None),
    ],
)
def test_a_byline_names_people_and_never_the_paper(text: str, author: str | None, note: str | None) -> None:
    by = read_byline(text, NAMES)
    assert (by.author, by.note) == (author, note)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("(Chinhphu.vn) - Sáng nay", "Sáng nay"),
        ("NDO - Sáng nay", "Sáng nay"),
        ("(PLO)- Sáng nay", "Sáng nay"),
        ("(ĐTCK) Sáng nay", "Sáng nay"),
        ("QĐND Online - Sáng nay", "Sáng nay"),
        ("Songchau.vn – Sáng nay", "Sáng nay"),
        ("SCO - Sáng nay", "Sáng nay"),
        ("[Báo Sông Châu] Sáng nay", "Sáng nay"),
        ("TP.HCM - Sáng nay", "TP.HCM - Sáng nay"),
        ("Hà Nội - Sáng nay", "Hà Nội - Sáng nay"),
        ("HĐND - UBND tỉnh", "HĐND - UBND tỉnh"),
        ("(Kỳ 2) - Sáng nay", "(Kỳ 2) - Sáng nay"),
        ("(tiếp theo) Sáng nay", "(tiếp theo) Sáng nay"),
    ],
)
def test_an_outlet_s_mark_before_the_standfirst_goes_and_a_place_stays(text: str, rest: str) -> None:
    assert without_prefix(text, NAMES) == rest


@pytest.mark.parametrize(
    ("last", "author", "note"),
    [
        ('<p style="text-align:right"><strong>Lê Bến</strong></p>', "Lê Bến", None),
        ('<p align="right">Lê Bến</p><p><em>Ảnh: Quang Hùng</em></p>', "Lê Bến", None),
        ("<p>Lê Bến</p>", "Lê Bến", None),
        ("<p>Lê Bến</p><p><em>Theo Bản tin Nội vụ</em></p>", "Lê Bến", "Theo Bản tin Nội vụ"),
        ('<p style="text-align:right">Songchau.example</p>', None, None),
        ("<p><strong>Hãy gửi ý kiến về tòa soạn qua hộp thư bạn đọc hằng ngày nhé!</strong></p>", None, None),
    ],
)
def test_a_signature_below_the_text_is_its_author(last: str, author: str | None, note: str | None) -> None:
    article = the_article(FIRST, SECOND, last)
    assert (article.author, article.author_note) == (author, note)
    assert article.paragraphs[:2] == (FIRST, SECOND)


def test_the_author_of_the_data_serves_where_none_is_printed() -> None:
    people = '{"@type":"NewsArticle","author":[{"name":"Lê Bến"},{"name":"Mai Lan"},{"name":"Báo Sông Châu"}]}'
    head = f'<script type="application/ld+json">{people}</script><meta property="og:site_name" content="Báo Sông Châu">'
    assert the_article(FIRST, head=head).author == "Lê Bến, Mai Lan"


def test_an_agency_as_byline_is_a_note() -> None:
    article = the_article(FIRST, above='<div class="article__author">Theo TTXVN</div>')
    assert (article.author, article.author_note) == (None, "Theo TTXVN")


@pytest.mark.parametrize(
    "foreign",
    [
        "Xem thêm: Ba xã bỏ 34 loại giấy tờ",
        "&gt;&gt;&gt; Ba xã bỏ 34 loại giấy tờ",
        "Tải ứng dụng: BÁO SÔNG CHÂU",
        "Mời độc giả đón xem chương trình tối nay",
        "Theo dõi Báo Sông Châu trên Google News",
        "TIN LIÊN QUAN",
        "Cỡ chữ",
        "Bình luận",
        "04/03/2026 07:15",
        "***",
        "Ảnh: Quang Hùng",
        '<p><a href="/ba-xa-bo-giay-to-post1.html">Ba xã bỏ 34 loại giấy tờ</a></p>',
        '<div style="display:none">Chữ ẩn trong trang</div>',
        '<div class="box-social-share">Chia sẻ lên mạng</div>',
        '<div class="caption">Chú thích của một đoạn phim</div>',
        "<form><p>Gửi ý kiến</p></form>",
        '<figure class="video"><video></video><figcaption>Phim</figcaption></figure>',
    ],
)
def test_a_foreign_line_is_left_out(foreign: str) -> None:
    assert the_article(FIRST, foreign, SECOND, THIRD).paragraphs == (FIRST, SECOND, THIRD)


@pytest.mark.parametrize(
    "own",
    [
        "Chia sẻ dữ liệu giữa các sở phải xong trước tháng 6.",
        "Giấy phép xây dựng: thêm một cửa nữa",
        "Quảng cáo sai sự thật sẽ bị phạt nặng hơn.",
        "Theo dõi tiến độ trên hệ thống chung là yêu cầu bắt buộc.",
        '<p>Xem <a href="/a-post1.html">quyết định</a> tại trụ sở xã.</p>',
        "Ngày 04/03/2026, xã khai trương điểm mới.",
    ],
)
def test_a_line_of_the_text_stays(own: str) -> None:
    assert len(the_article(FIRST, own, SECOND, THIRD).paragraphs) == 4


def test_a_heading_over_a_box_goes_with_the_box() -> None:
    assert the_article(FIRST, "<h3>Đọc nhiều trong tuần</h3><ul><li><a href='/a'>Bài</a></li></ul>").paragraphs == (
        FIRST,
    )


def test_kinds_follow_what_the_reader_sees() -> None:
    article = the_article(
        FIRST,
        "<p><strong>Hồ sơ đi thay người</strong></p>",
        f"<p><strong>{SECOND}</strong></p>",
        f"<div>{THIRD}<br>- Một việc.<br>Hai chữ<br>nối liền</div>",
        "<table><tr><td><p>Hộp một ô</p></td></tr></table>",
        "<div style='font-weight: bold'>Thêm</div><p><span style='font-weight:bold'>Tít nhỏ thứ hai</span></p>",
        FIRST + " Hết.",
    )
    assert list(zip(article.kinds, article.paragraphs, strict=True)) == [
        ("p", FIRST),
        ("h", "Hồ sơ đi thay người"),
        ("p", SECOND),
        ("p", THIRD),
        ("p", "- Một việc."),
        ("p", "Hai chữ nối liền"),
        ("p", "Hộp một ô"),
        ("p", "Thêm"),
        ("h", "Tít nhỏ thứ hai"),
        ("p", FIRST + " Hết."),
    ]


def test_captions_are_found_in_every_shape_and_never_twice() -> None:
    article = the_article(
        FIRST,
        '<p><img src="/a.jpg"></p><p style="text-align:center">Điểm tiếp nhận.</p>',
        '<p><img src="/b.jpg"></p><p><em>Trong phòng chờ.</em></p>',
        '<p><img src="/c.jpg"></p><p>Cán bộ xã. (Ảnh: Lê Bến)</p>',
        '<figure><img src="/d.jpg"><figcaption>Quầy số 1.</figcaption></figure><p><em>Câu in nghiêng của bài viết.</em></p>',
        '<div><img src="/e.jpg"></div><div class="image-caption">Quầy số 2.</div>',
        '<p><img src="/f.jpg"></p><p>Một câu của bài viết, không phải chú thích.</p>',
        '<p><img src="/f.jpg"><img src="/icon-share.png"><img src="/g.jpg" width="1"></p>',
    )
    base = "https://songchau.example"
    assert [(image.src.removeprefix(base), image.caption) for image in article.images] == [
        ("/a.jpg", "Điểm tiếp nhận."),
        ("/b.jpg", "Trong phòng chờ."),
        ("/c.jpg", "Cán bộ xã. (Ảnh: Lê Bến)"),
        ("/d.jpg", "Quầy số 1."),
        ("/e.jpg", "Quầy số 2."),
        ("/f.jpg", None),
    ]
    assert article.paragraphs == (
        FIRST,
        "Câu in nghiêng của bài viết.",
        "Một câu của bài viết, không phải chú thích.",
    )


def test_an_address_of_another_piece_is_flagged() -> None:
    assert "slug-differs" not in the_article(FIRST).flags
    other = "https://songchau.example/giai-bong-chuyen-mua-xuan-nam-nay-post412077.html"
    assert "slug-differs" in the_article(FIRST, url=other).flags


def test_the_rubric_is_the_printed_trail_without_home_and_headline() -> None:
    trail = '<ul class="breadcrumb"><li><a href="/">Trang chủ</a></li><li><a href="/a">Chính quyền »</a></li><li><a>{}</a></li></ul>'
    assert the_article(FIRST, above=trail.format("Hà Châu đưa một cửa về cụm xã")).rubric == "Chính quyền"
    assert the_article(FIRST, head='<meta property="article:section" content="Đời sống">').rubric == "Đời sống"


def test_text_is_normalised_and_entities_undone() -> None:
    article = the_article(
        "T\u00ecnh hi\u0300nh gi\u1ea3i quy&amp;#7871;t h&amp;#7891; s\u01a1 \u00d0\u1ea5t \u0111ai\u200b"
    )
    assert article.paragraphs == ("Tình hình giải quyết hồ sơ Đất đai",)
