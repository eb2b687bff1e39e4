import pytest

from scrapers.identity import path_with_query, same_article, without_tracking
from tests.scrapers.fakes import a_source

ARTICLE = "https://baolua.example/thoi-su/mot-cua-post1001.html"


@pytest.mark.parametrize(
    "url",
    [
        "http://baolua.example/thoi-su/mot-cua-post1001.html",
        "https://www.baolua.example/thoi-su/mot-cua-post1001.html",
        "https://m.baolua.example/thoi-su/mot-cua-post1001.html?utm_source=zalo&utm_medium=chat",
        "https://amp.baolua.example/thoi-su/mot-cua-post1001.html#binh-luan",
        "https://BaoLua.example:443/thoi-su//mot-cua-post1001.html?fbclid=abc",
        "https://baolua.example/amp/thoi-su/mot-cua-post1001.html",
        "https://baolua.example/thoi-su/mot-cua-post1001.amp",
        "https://baolua.example/thoi-su/mot-cua-post1001-print.html",
        "https://baolua.example./thoi-su/mot-cua-post1001.html?print=1",
        " https://baolua.example/thoi-su/mot-cua-post1001.html ",
    ],
)
def test_one_article_has_one_identity(url):
    assert same_article(url) == ARTICLE


@pytest.mark.parametrize(
    "other",
    [
        "https://baolua.example/thoi-su/mot-cua-post1002.html",
        "https://dongbang.example/thoi-su/mot-cua-post1001.html",
        "https://baolua.example:8080/thoi-su/mot-cua-post1001.html",
        "https://baolua.example/thoi-su/mot-cua-post1001.html?trang=2",
    ],
)
def test_other_articles_have_others(other):
    assert same_article(other) != ARTICLE


def test_a_slash_at_the_end_does_not_matter():
    assert same_article("https://a.example/202603/tin-97d34ad/") == same_article("https://a.example/202603/tin-97d34ad")
    assert same_article("https://a.example") == same_article("https://a.example/") == "https://a.example/"


def test_the_order_of_parameters_does_not_matter():
    assert same_article("https://a.example/x?b=2&a=1") == same_article("https://a.example/x?a=1&b=2")


def test_escaped_and_plain_letters_meet():
    assert same_article("https://a.example/tin-%C4%91%E1%BA%A5t") == same_article("https://a.example/tin-đất")


def test_a_source_keeps_its_keys_and_drops_the_rest():
    source = a_source(article_pattern=r"^/viewer\.aspx\?", key_parameters=("mabb",))
    one = same_article("https://a.example/viewer.aspx?macm=3&mabb=22&phien=9", source)
    assert (
        one == same_article("https://a.example/viewer.aspx?MABB=22", source) == "https://a.example/viewer.aspx?mabb=22"
    )


def test_a_path_that_the_pattern_knows_needs_no_query():
    source = a_source(article_pattern=r"-post\d+\.tpo$")
    assert same_article("https://a.example/tin-post5.tpo?tu=trang-chu", source) == "https://a.example/tin-post5.tpo"


def test_amp_takes_the_ending_of_the_source():
    source = a_source(article_pattern=r"-post\d+\.tpo$")
    assert same_article("https://a.example/tin-post5.amp", source) == "https://a.example/tin-post5.tpo"


def test_two_letter_hosts_keep_their_name():
    assert same_article("https://m.vn/x") == "https://m.vn/x"


@pytest.mark.parametrize(
    "odd", ["", "không phải địa chỉ", "https://[::1", "https://a.example:99999/x", "mailto:a@b.vn"]
)
def test_what_is_no_address_is_its_own_key(odd):
    assert same_article(odd) == odd


def test_tracking_goes_and_all_else_stays():
    assert without_tracking("https://a.example/x?id=5&utm_source=a&b=%20#top") == "https://a.example/x?id=5&b=%20"
    assert without_tracking("https://a.example/x?fbclid=1") == "https://a.example/x"


def test_patterns_see_path_and_query():
    assert path_with_query("https://a.example/viewer.aspx?mabb=2&gclid=1") == "/viewer.aspx?mabb=2"
    assert path_with_query("https://[::1") == ""
