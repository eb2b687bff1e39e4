import pytest

from digest.errors import FetchError
from scrapers.feeds import read_feed, read_sitemap
from tests.fakes import SHARED, at, needs_shared
from tests.scrapers.fakes import a_feed, a_source

URL = "https://baolua.example/rss/home.rss"
HEAD = '<?xml version="1.0" encoding="utf-8"?>'


def one(inner: str, **source: object):
    body = f'{HEAD}<rss version="2.0"><channel><item>{inner}</item></channel></rss>'.encode()
    return read_feed(body, URL, a_source(**source) if source else None)[0]


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


def test_hostile_feeds_end_soon():
    for body in (b"<rss>" + b"<![CDATA[" * 100_000, b"<rss>" + b"<item>" * 100_000, b"<rss>" + b"&" * 500_000):
        with pytest.raises(FetchError):
            read_feed(body, URL)


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


NEWS = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
    "<url><image:image><image:loc>/anh.jpg</image:loc></image:image><loc>https://baolua.example/a-1.html</loc>"
    "<news:news><news:publication_date>2026-03-02T07:30:00+07:00</news:publication_date>"
    "<news:title>Tin &amp;amp; bài</news:title></news:news></url><url><loc></loc></url></urlset>"
)


def test_a_news_sitemap_gives_titles_and_times():
    (link,), inner = read_sitemap(NEWS.encode(), "https://baolua.example/sitemap-news.xml")
    assert (link.url, link.title, link.published) == (
        "https://baolua.example/a-1.html",
        "Tin & bài",
        at("2026-03-02 07:30"),
    )
    assert inner == []


def test_a_sitemap_index_names_its_parts():
    body = b"<sitemapindex><sitemap><loc>/s1.xml</loc></sitemap><sitemap><loc>mailto:x</loc></sitemap></sitemapindex>"
    assert read_sitemap(body, "https://baolua.example/s.xml") == ([], ["https://baolua.example/s1.xml"])


@pytest.mark.parametrize("body", [b"<rss></rss>", b"khong"])
def test_what_is_no_sitemap_is_a_failure(body):
    with pytest.raises(FetchError, match="not-a-feed"):
        read_sitemap(body, "https://baolua.example/s.xml")


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
