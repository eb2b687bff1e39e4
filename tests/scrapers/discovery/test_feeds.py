import gzip
from datetime import datetime
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from digest.errors import FetchError
from digest.model import VIETNAM
from scrapers.discovery.feeds import read_feed
from tests.fakes import SHARED, at, needs_shared
from tests.scrapers.fakes import a_feed, a_source

URL = "https://baolua.example/rss/home.rss"
HEAD = '<?xml version="1.0" encoding="utf-8"?>'


def one(inner: str, **source: object):
    body = f'{HEAD}<rss version="2.0"><channel><item>{inner}</item></channel></rss>'.encode()
    return read_feed(body, URL, a_source(**source) if source else None)[0]


def outcome(body: bytes) -> str:
    try:
        links = read_feed(body, URL)
    except FetchError as error:
        return error.kind
    return "read" if all(link.url.startswith(("http://", "https://")) for link in links) else "no address"


def test_an_entry_gives_address_title_time_and_standfirst():
    body = a_feed(("https://baolua.example/a-post1001.html", "Xã trả kết quả sớm", "Mon, 02 Mar 2026 07:30:00 +07:00"))
    (link,) = read_feed(body, URL)
    assert (link.url, link.title) == ("https://baolua.example/a-post1001.html", "Xã trả kết quả sớm")
    assert link.published == at("2026-03-02 07:30")
    assert link.published.tzinfo is not None
    assert link.sapo == "Tóm tắt: Xã trả kết quả sớm."


@pytest.mark.parametrize(
    "written",
    [
        "Mon, 02 Mar 2026 07:30:00 +0700",
        "Mon, 02 Mar 2026 00:30:00 GMT",
        "2026-03-02T07:30:00+07:00",
        "02/03/2026 07:30",
    ],
)
def test_times_are_read_in_every_shape(written):
    assert one(f"<link>/a</link><pubDate>{written}</pubDate>").published == at("2026-03-02 07:30")


def test_a_source_may_write_the_month_first():
    inner = "<link>/a</link><pubDate>3/2/2026 7:30:00 AM</pubDate>"
    assert one(inner, feed_month_first=True).published == at("2026-03-02 07:30")


def test_a_feed_proves_by_itself_that_the_month_comes_first():
    body = a_feed(("/a-1", "Một", "3/2/2026 7:30:00 AM"), ("/a-2", "Hai", "2/27/2026 8:00:00 PM"))
    assert [link.published for link in read_feed(body, URL)] == [at("2026-03-02 07:30"), at("2026-02-27 20:00")]


def test_a_feed_that_proves_the_day_first_overrules_its_source():
    body = a_feed(("/a-1", "Một", "02/03/2026 07:30"), ("/a-2", "Hai", "27/02/2026 20:00"))
    links = read_feed(body, URL, a_source(feed_month_first=True))
    assert [link.published for link in links] == [at("2026-03-02 07:30"), at("2026-02-27 20:00")]


def test_an_unreadable_time_is_unknown():
    assert one("<link>/a</link><pubDate>sáng nay</pubDate>").published is None


def test_the_published_time_goes_before_the_updated_one():
    inner = "<link>/a</link><updated>2026-03-03T00:00:00Z</updated><pubDate>Mon, 02 Mar 2026 07:30:00 +0700</pubDate>"
    assert one(inner).published == at("2026-03-02 07:30")


def test_descriptions_lose_markup_pictures_and_related_lists():
    inner = (
        "<link>/a</link><description><![CDATA[<a href='/a'><img src='a.jpg'/></a><p>Người dân nộp hồ sơ&nbsp;từ nhà. </p>"
        "<div><ul><li><a href='/b'>Tin khác</a></li></ul></div>]]></description>"
    )
    assert one(inner).sapo == "Người dân nộp hồ sơ từ nhà."


def test_a_description_without_paragraphs_is_taken_whole():
    assert one("<link>/a</link><description>&lt;b&gt;Sáng&lt;/b&gt; nay</description>").sapo == "Sáng nay"
    assert one("<link>/a</link><description><![CDATA[<img src='a.jpg'>]]></description>").sapo is None


def test_entities_escaped_twice_are_undone():
    link = one("<link>/a</link><title>&amp;quot;Một cửa&amp;quot; &amp;amp; số hóa</title>")
    assert link.title == '"Một cửa" & số hóa'


def test_ampersands_and_named_entities_that_are_not_xml_are_understood():
    link = one("<title>A & B&nbsp;C &hellip;</title><link>https://baolua.example/x?id=1&trang=2</link>")
    assert (link.title, link.url) == ("A & B C …", "https://baolua.example/x?id=1&trang=2")


def test_relative_links_and_tracking_are_mended():
    assert one("<link>/a-1.html?utm_source=rss#x</link>").url == "https://baolua.example/a-1.html"


def test_an_address_in_the_guid_serves_where_there_is_no_link():
    assert one("<guid>https://baolua.example/a-1.html</guid>").url == "https://baolua.example/a-1.html"


def test_titles_of_pictures_are_not_the_titles_of_articles():
    assert one("<media:title>Ảnh</media:title><title>Tin</title><link>/a</link>").title == "Tin"


def test_entries_without_an_address_are_passed_by():
    body = f"{HEAD}<rss><channel><item><guid>17</guid></item><item><link>/a</link></item></channel></rss>".encode()
    assert [link.url for link in read_feed(body, URL)] == ["https://baolua.example/a"]


def test_one_entry_an_article():
    body = a_feed(("/a-1.html", "Một", ""), ("https://www.baolua.example/a-1.html?utm_source=x", "Hai", ""))
    assert [link.title for link in read_feed(body, URL)] == ["Một"]


def test_atom_is_read():
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">&lt;b&gt;Tin&lt;/b&gt; sáng</title>'
        '<link rel="self" href="/self"/><link href="/a-1.html"/><updated>2026-03-02T00:30:00Z</updated>'
        "<summary>Tóm tắt.</summary></entry></feed>"
    ).encode()
    (link,) = read_feed(body, URL)
    assert (link.url, link.title, link.sapo) == ("https://baolua.example/a-1.html", "Tin sáng", "Tóm tắt.")
    assert link.published == at("2026-03-02 07:30")


@pytest.mark.parametrize(
    "body",
    [
        b"\n\n \xef\xbb\xbf" + a_feed(("/a", "Tin", "")),
        a_feed(("/a", "Tin", "")).replace(b"UTF-8", b"utf-16"),
        a_feed(("/a", "Tin", "")).replace(b"<channel>", b"<channel>\x0b\x00<!-- a -->"),
        a_feed(("/a", "Tin", ""))[:-30] + b"<item><title>c",
        a_feed(("/a", "Tin", "")).replace(b"</channel>", b"</chanel>"),
    ],
    ids=["blanks first", "wrong charset", "control characters", "cut off", "broken tags"],
)
def test_broken_feeds_give_what_can_be_read(body):
    assert [(link.url, link.title) for link in read_feed(body, URL)] == [("https://baolua.example/a", "Tin")]


def test_entities_of_the_document_are_not_expanded():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = (
        f'{HEAD}<!DOCTYPE rss [<!ENTITY l0 "ha"><!ENTITY tep SYSTEM "file:///etc/hostname">{laughs}]>'
        "<rss><channel><item><title>Tin &l9; &tep;</title><link>/a</link></item></channel></rss>"
    ).encode()
    assert read_feed(body, URL)[0].title == "Tin &l9; &tep;"


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "<![CDATA[",
            "<item>",
            "&",
            "<title><![CDATA[a</title>",
            "<![CDATA[a</t",
            "]]>",
            "<a ",
            "&a",
            "<t><![CDATA[</t></item>",
        ),
        *("<item><link>", "<!--", "<?", "<!ENTITY a", "&#1;", "<item/>", "<link>a b\n"),
    ],
)
def test_hostile_feeds_end_soon(piece):
    for body in (f"<rss>{piece * (200_000 // len(piece))}", f"<rss>{piece * (200_000 // len(piece))}]]></rss>"):
        assert outcome(body.encode()) in ("read", "empty-feed", "not-a-feed")


_PARTS = [
    *(
        "<rss>",
        "</rss>",
        "<channel>",
        "<item>",
        "</item>",
        "<title>",
        "</title>",
        "<link>",
        "</link>",
        "<link href='/a'/>",
    ),
    *(
        "<![CDATA[",
        "]]>",
        "/a",
        "https://a.example/b",
        "&amp;amp;",
        "&nbsp;",
        "&",
        "<",
        "\x00",
        "\ufeff",
        "Tin",
        "<feed>",
    ),
    *(
        "<pubDate>",
        "</pubDate>",
        "02/03/2026 07:30",
        "<html>",
        "<urlset>",
        "<rdf:RDF",
        "<!DOCTYPE rss [",
        "{",
        '"items":[',
    ),
]


@settings(derandomize=True, deadline=None, max_examples=200)
@given(
    st.lists(st.sampled_from(_PARTS), max_size=25).map(lambda parts: "<rss>" + "".join(parts)).map(str.encode)
    | st.lists(st.sampled_from(_PARTS), max_size=25).map("".join).map(lambda text: text.encode("utf-16"))
    | st.binary(max_size=200)
    | st.binary(max_size=80).map(gzip.compress)
)
def test_any_bytes_give_links_or_the_declared_failures(body):
    assert outcome(body) in ("read", "empty-feed", "not-a-feed")


def test_a_feed_is_read_up_to_a_bound():
    body = a_feed(*((f"/a-{number}", "Tin", "") for number in range(5001)))
    assert len(read_feed(body, URL)) == 5000


def test_a_feed_without_entries_is_a_failure():
    with pytest.raises(FetchError) as caught:
        read_feed(a_feed(), URL)
    assert (caught.value.kind, caught.value.url) == ("empty-feed", URL)


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"<!DOCTYPE html><html><body>x</body></html>", b"<urlset></urlset>", b'<rss a="' + b"a" * 11_000_000],
)
def test_what_is_no_feed_is_a_failure(body):
    with pytest.raises(FetchError) as caught:
        read_feed(body, URL)
    assert caught.value.kind == "not-a-feed"


def test_every_kind_of_feed_is_read():
    entry = "<item><title>Tin</title><link>/a</link></item>"
    rdf = f'<rdf:RDF xmlns:rdf="x" xmlns="http://purl.org/rss/1.0/"><channel><link>/</link></channel>{entry}</rdf:RDF>'
    old = f'<!DOCTYPE rss SYSTEM "rss-0.91.dtd"><rss version="0.91"><channel>{entry}</channel></rss>'
    json_feed = (
        '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"9","url":"/a","title":"Tin"},3,{"id":9}]}'
    )
    for text in (rdf, old, json_feed, "\ufeff " + json_feed):
        assert [(link.url, link.title) for link in read_feed(text.encode(), URL)] == [
            ("https://baolua.example/a", "Tin")
        ]


def test_a_json_feed_gives_times_and_standfirsts():
    item = '{"id": "/a", "title": "Tin", "date_published": "2026-03-02T07:30:00+07:00", "content_html": "<p>Sáng nay.</p>"}'
    (link,) = read_feed(f'{{"items": [{item}]}}'.encode(), URL)
    assert (link.url, link.published, link.sapo) == ("https://baolua.example/a", at("2026-03-02 07:30"), "Sáng nay.")


@pytest.mark.parametrize("body", [b'{"items": 3}', b"{", b'{"items"' + b":[" * 100_000, b'{"a": "\xff"}', b"{}"])
def test_other_json_is_no_feed(body):
    with pytest.raises(FetchError, match="not-a-feed"):
        read_feed(body, URL)


@pytest.mark.parametrize(
    "before",
    [
        "<br />\n<b>Warning</b>: mysql_connect() in /home/www/index.php on line 3<br />",
        "<html><body>Lỗi</body></html>",
        "<!-- bộ nhớ đệm -->",
        '<?xml-stylesheet href="a.xsl"?>',
    ],
)
def test_what_stands_before_a_feed_is_passed_over(before):
    body = before.encode() + a_feed(("/a", "Tin", ""))
    assert [link.title for link in read_feed(body, URL)] == ["Tin"]


def test_a_page_that_speaks_of_feeds_is_none():
    with pytest.raises(FetchError, match=r"not-a-feed.*<html>"):
        read_feed(b"<html><body><rss>x</rss></body></html>", URL)


@pytest.mark.parametrize("name", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1258"])
def test_feeds_come_in_every_coding(name):
    body = (
        a_feed(("/a", "Tin xa", "")).decode().replace('encoding="UTF-8"', f'encoding="{name}"').encode(name, "ignore")
    )
    assert [link.title for link in read_feed(body, URL)] == ["Tin xa"]


def test_a_packed_feed_is_unpacked():
    body = gzip.compress(a_feed(("/a", "Tin", "")))
    assert [link.title for link in read_feed(body, URL)] == ["Tin"]
    with pytest.raises(FetchError, match="not-a-feed"):
        read_feed(b"\x1f\x8b" + b"khong", URL)


def items(*inners: str) -> list[tuple[str, str]]:
    body = "<rss><channel>" + "".join(f"<item>{inner}</item>" for inner in inners) + "</channel></rss>"
    return [(link.url.removeprefix("https://baolua.example"), link.title) for link in read_feed(body.encode(), URL)]


def test_a_section_that_is_never_closed_does_not_swallow_the_next_entry():
    broken = "<title><![CDATA[Tin một</title><link>/a</link>"
    assert items(broken, "<title><![CDATA[Tin hai]]></title><link>/b</link>") == [("/a", "Tin một"), ("/b", "Tin hai")]
    assert items(broken, "<title>Tin hai</title><link>/b</link>") == [("/a", "Tin một"), ("/b", "Tin hai")]
    assert items("<link>/a</link><title><![CDATA[Tin một</title>") == [("/a", "Tin một")]
    assert items("<title><![CDATA[Tin một</title><link><![CDATA[/a</link>") == [("/a", "Tin một")]


def test_a_section_within_a_section_is_text():
    assert items("<title><![CDATA[Tin <![CDATA[một]]></title><link>/a</link>") == [("/a", "Tin một")]
    assert items("<![CDATA[lạc]]><title>Tin</title><link>/a</link>") == [("/a", "Tin")]


@pytest.mark.parametrize(
    "inner",
    [
        "<link/>https://baolua.example/a",
        "<link></link><guid>https://baolua.example/a</guid>",
        '<link/><guid isPermaLink="true">/a</guid>',
        "<link>https://dem.example/~r/1</link><feedburner:origLink>https://baolua.example/a</feedburner:origLink>",
        "<link>\n  https://baolua.example\n/a\n</link>",
        "<link><![CDATA[ https://baolua.example/a?utm_source=rss ]]></link>",
        '<link rel="self" href="/s"/><link rel="alternate" href="/a"/>',
        '<link href="/a"/><id>tag:baolua.example,2026:1</id>',
    ],
)
def test_the_address_is_found(inner):
    assert items(f"{inner}<title>Tin</title>") == [("/a", "Tin")]


def test_blanks_in_addresses_are_escaped():
    assert items("<title>Tin</title><link>/tin tuc/a.html</link>") == [("/tin%20tuc/a.html", "Tin")]


def test_an_identifier_is_no_address():
    body = "<rss><item><title>Tin</title><guid>12345</guid><id>tag:1</id></item></rss>"
    with pytest.raises(FetchError, match="empty-feed"):
        read_feed(body.encode(), URL)


def test_the_feeds_own_date_proves_the_order_too():
    head = "<lastBuildDate>9/14/2026 6:44:00 PM</lastBuildDate>"
    body = f"<rss><channel>{head}<item><link>/a</link><pubDate>9/12/2026 5:00:00 PM</pubDate></item></channel></rss>"
    assert read_feed(body.encode(), URL)[0].published == at("2026-09-12 17:00")


def test_undeclared_names_and_dublin_core_are_understood():
    inner = "<link>/a</link><dc:date>2026-03-02T07:30:00+07:00</dc:date><content:encoded>&lt;p&gt;Sáng.&lt;/p&gt;</content:encoded>"
    link = one(inner)
    assert (link.published, link.sapo) == (at("2026-03-02 07:30"), "Sáng.")


@needs_shared
@pytest.mark.parametrize(
    ("name", "times"),
    [
        ("nhandan", ["2026-09-14 18:48:23", "2026-09-14 18:31:08"]),
        ("sggp", ["2026-09-23 17:02:29"]),
        ("baochinhphu", ["2026-09-14 18:44", "2026-09-13 20:01"]),
    ],
)
def test_real_feeds_give_real_times(name, times):
    links = read_feed((SHARED / "feeds" / f"{name}.rss").read_bytes(), f"https://{name}.vn/rss")
    assert [link.published for link in links] == [at(time) for time in times]
    assert all(link.title and link.sapo for link in links)


@needs_shared
@pytest.mark.parametrize("name", ["nhandan", "sggp", "baochinhphu"])
def test_every_entry_of_the_real_feeds_has_its_time(name):
    body = (SHARED / "feeds" / f"{name}.rss").read_bytes()
    written = [str(date.text) for item in etree.fromstring(body).iter("item") for date in item.iter("pubDate")]
    right = [
        datetime.strptime(date, "%m/%d/%Y %I:%M:%S %p").replace(tzinfo=VIETNAM)
        if "/" in date
        else parsedate_to_datetime(date.replace("+07:00", "+0700"))
        for date in written
    ]
    assert right
    assert [link.published for link in read_feed(body, f"https://{name}.vn/rss")] == right
