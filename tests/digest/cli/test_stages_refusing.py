"""What `discover` and `extract` cannot read: told with the reason and with what helps."""

import pytest

from tests.scrapers.documents.makers import PROSE, a_pdf

PAGE = "<html><body><p>Trang</p></body></html>"
INDEX = '<?xml version="1.0"?><sitemapindex>{}</sitemapindex>'
PART = "<sitemap><loc>https://baolua.example/so-do-{}.xml</loc></sitemap>"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b" \n", "the file is empty"),
        (a_pdf(PROSE[0]), "it is a document; diembao extract reads it"),
        (PAGE.encode(), "no article of the site that --url names"),
        (
            INDEX.format(PART.format(1)).encode(),
            "names 1 further sitemap: https://baolua.example/so-do-1.xml; save one",
        ),
        (INDEX.format("".join(map(PART.format, range(9)))).encode(), "names 9 further sitemaps: https://"),
        (b"<?xml version='1.0'?><urlset></urlset>", "no article of the site"),
    ],
)
def test_a_listing_without_links_is_a_failure_that_says_why(diembao, tmp_path, body, said):
    (tmp_path / "luu").write_bytes(body)
    status, out, err = diembao("discover", tmp_path / "luu", "--url", "https://baolua.example/luu")
    assert (status, out) == (1, "")
    assert "discover: no-links: " in err
    assert said in err
    assert ("so-do-2.xml, …; save one of them" in err) == ("names 9" in said)


@pytest.mark.parametrize("command", ["discover", "extract"])
@pytest.mark.parametrize("url", ["baolua.example/chinh-tri", "/chinh-tri", "ftp://baolua.example/", "https://", ""])
def test_an_address_that_is_not_whole_is_wrong_use(diembao, tmp_path, command, url):
    (tmp_path / "trang.html").write_text(PAGE)
    status, out, err = diembao(command, tmp_path / "trang.html", "--url", url)
    assert (status, out) == (2, "")
    assert f"--url {url}: is no whole address" in err


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "trang.html: empty\n"),
        (PAGE, "trang.html: no-article (no title); a page that names no address"),
        (INDEX.format(PART.format(1)), "it is a feed or sitemap: use diembao discover"),
        ('<rss version="2.0"><channel></channel></rss>', "it is a feed or sitemap: use diembao discover"),
        ('{"items": [{"url": "https://baolua.example/a", "title": "Mot"}]}', "not-html"),
    ],
)
def test_what_extract_cannot_read_is_told_with_what_helps(diembao, tmp_path, body, said):
    (tmp_path / "trang.html").write_text(body)
    status, _, err = diembao("extract", tmp_path / "trang.html")
    assert status == 1
    assert said in err
    assert " : " not in err
    assert ("--url" in err) == ("no-article" in said)


def test_no_address_is_asked_for_where_one_was_given(diembao, tmp_path):
    (tmp_path / "trang.html").write_text(PAGE)
    status, _, err = diembao("extract", tmp_path / "trang.html", "--url", "https://baolua.example/a")
    assert status == 1
    assert "https://baolua.example/a: no-article" in err
    assert "--url" not in err
