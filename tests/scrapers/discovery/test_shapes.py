import pytest

from scrapers.discovery.shapes import is_numbered, is_other_edition, is_wordy, looks_like_article
from tests.scrapers.fakes import a_source


@pytest.mark.parametrize(
    "path",
    [
        *("/ha-noi-ky-cuong-post869275.html", "/tinh-dau-tien-post1730015.tpo", "/van-hoa-doc-394829.html"),
        *("/so-hoa-102250612191145158.htm", "/cai-cach/202504/hanh-chinh-so-97d34ad/", "/ky-luat-a196670.html"),
        *("/nghe-an-d205257.html", "/du-lich-c2a94229.html", "/toi-pham-i743210/", "/tin-postid413098.bbg"),
        *("/viewer.aspx?macm=39&mabb=222823", "/tin-tuc/xay-dung---id12", "/2026/03/xa-moi-thanh-lap/"),
        *("/qt/tintuc/Pages/chi-dao.aspx?ItemID=4321", "/tabid/81/ArticleID/2301/Default.aspx", "/node/1234"),
        *(
            "/web/guest/-/asset_publisher/Xy1/content/xa-moi-hop-dan",
            "/-/xa-moi-hop-dan",
            "/news/detail/55667/Xa-moi-hop.html",
        ),
        *(
            "/tin-tuc/5/223344/xa-moi-hop-dan",
            "/index.php/4501-xa-moi-hop-dan",
            "/12p3c4/xa-moi.htm",
            "/xa-moi-ar123456.html",
        ),
        *("/tin-10001.html?tu=trang-chu", "/nguoi-dan-nop-ho-so-tu-nha.html", "/chinh-tri/tin-tuc/xa-moi-822123"),
        "/hop-bao-4927525-tong-thuat.html",
    ],
)
def test_shapes_of_articles_are_known(path):
    assert looks_like_article("https://baolua.example" + path)


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/",
            "/chinh-tri",
            "/chinh-tri-xa-hoi.html",
            "/topic/ha-noi-26482",
            "/anh-12345.jpg",
            "/chinh-tri-c1103.html",
        ),
        *(
            "/chu-de/nghi-quyet-moi-ve-dat-dai-206.htm",
            "/tac-gia/le-ben-1234567.html",
            "/video/ban-tin-toi-123456.html",
        ),
        *(
            "/podcast/chuyen-sang-123456.html",
            "/e-magazine/xa-moi-123456.html",
            "/tag/mot-cua-123456",
            "/tu-khoa/mot-cua-12345",
        ),
        *(
            "/mot-cua-tag1234567.html",
            "/mot-cua-tags-123456.html",
            "/sap-xep-don-vi-hanh-chinh-event512.html",
            "/su-kien/xa-moi-12345",
        ),
        *(
            "/2026",
            "/thoi-su?page=10001",
            "/tim-kiem/?q=xa-moi-hop-dan-123456",
            "/bao-cao-12345.pdf",
            "/a-12345.html" + "x" * 3000,
        ),
    ],
)
def test_sections_topics_and_files_are_no_articles(path):
    assert not looks_like_article("https://baolua.example" + path)


def test_a_sources_own_patterns_decide():
    source = a_source(article_pattern=r"-\d+\.html$", exclude_pattern=r"-event-\d+\.html$")
    assert looks_like_article("https://a.example/tin-7.html?utm_source=x", source)
    assert looks_like_article("https://a.example/su-kien/tin-7.html", source)
    assert not looks_like_article("https://a.example/tin-event-7.html", source)
    assert not looks_like_article("https://a.example/tin-post123456.tpo", source)
    assert not looks_like_article("https://a.example/video/tin-7.html", source)


def test_a_source_of_films_says_so_in_its_pattern():
    assert looks_like_article("https://a.example/video/tin-7.html", a_source(article_pattern=r"^/video/.+-\d+\.html$"))


def test_documents_are_articles_where_the_source_has_them():
    source = a_source(documents=True, article_pattern=r"-post\d+$", exclude_pattern="/mau/")
    assert [looks_like_article(f"https://a.example/{name}", source) for name in ("a.pdf", "a.DOCX?v=1", "a.txt")] == [
        True
    ] * 3
    assert not any(looks_like_article(f"https://a.example/{name}", source) for name in ("a.xlsx", "mau/a.pdf", "a.zip"))


def test_editions_in_other_languages_and_media_are_told_by_their_host():
    assert is_other_edition("en.baolua.example", "baolua.example")
    assert is_other_edition("video.baolua.example", "baolua.example")
    assert not is_other_edition("en.baolua.example", "en.baolua.example")
    assert not is_other_edition("thoisu.baolua.example", "baolua.example")
    assert not is_other_edition("tv.example", "baolua.example")


def test_a_number_or_a_headline_tells_an_article():
    assert is_numbered("https://a.example/tin-123.html")
    assert is_numbered("https://a.example/bao-cao.pdf")
    assert not is_numbered("https://a.example/xa-moi-hop-dan-sang-nay.html")
    assert is_wordy("https://a.example/xa-moi-hop-dan-sang-nay.html")
    assert not is_wordy("https://a.example/thoi-su-chinh-tri.html")


@pytest.mark.parametrize("piece", ["-a", "/a", "a-", "/1234/a-", "/-/a-", "/2026/1/a-", "1", "?id=", "/1234-", "-1"])
def test_hostile_addresses_are_judged_soon(piece):
    for end in ("", "/b", "!", "/b?c"):
        address = f"https://a.example/1234/{piece * (1900 // len(piece))}{end}"
        assert isinstance(looks_like_article(address) or is_numbered(address) or is_wordy(address), bool)
