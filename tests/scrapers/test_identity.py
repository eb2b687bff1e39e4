from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
        "https://touch.baolua.example/m/thoi-su/mot-cua-post1001.html",
        "https://baolua.example/in-bai/thoi-su/mot-cua-post1001.html",
        "https://baolua.example/thoi-su/mot-cua-post1001.html/print/",
        "https://baolua.example/thoi-su/mot-cua-post1001-amp.html?amp=1",
        "https://baolua.example/thoi-su/mot-cua-post1001.html;jsessionid=A1B2?view=print&layout=mobile",
        "https://baolua.example/thoi-su/mot-cua-post1001.html?gad_source=1&zarsrc=30&_x_tr_tl=vi",
        "https://baolua.example/thoi%2Dsu/mot-cua-post1001.html/",
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


def test_amp_takes_the_first_of_several_endings():
    source = a_source(article_pattern=r"-post\d+\.(?:tpo|html)$")
    assert same_article("https://a.example/tin-post5.amp", source) == "https://a.example/tin-post5.tpo"


def test_an_old_domain_of_the_source_is_todays():
    source = a_source(domain="baobacninhtv.example", aliases=("baobacgiang.example", "tv.baobacgiang.example"))
    today = "https://baobacninhtv.example/tin-postid5.bbg"
    for host in ("baobacgiang.example", "www.baobacgiang.example", "m.tv.baobacgiang.example", "baobacninhtv.example"):
        assert same_article(f"http://{host}/tin-postid5.bbg", source) == today
    assert same_article("https://anh.baobacgiang.example/x", source) == "https://anh.baobacninhtv.example/x"
    assert same_article("https://khac.example/tin-postid5.bbg", source) == "https://khac.example/tin-postid5.bbg"


def test_an_alias_above_the_domain_is_not_put_before_it_twice():
    source = a_source(domain="phuyen.baolua.example", aliases=("baolua.example",))
    once = same_article("https://baolua.example/x", source)
    assert once == same_article(once, source) == "https://phuyen.baolua.example/x"


def test_case_counts_except_on_windows_servers():
    assert same_article("https://a.example/Tin-A1.html") != same_article("https://a.example/tin-a1.html")
    assert same_article("https://a.example/Pages/Tin.aspx") == same_article("https://a.example/pages/tin.aspx")


def test_two_letter_hosts_keep_their_name():
    assert same_article("https://m.vn/x") == "https://m.vn/x"


@pytest.mark.parametrize(
    "odd",
    [
        *("", "không phải địa chỉ", "https://[::1", "https://a.example:99999/x", "mailto:a@b.vn", "https://[::1]/x"),
        "https://a.example/" + "amp/" * 50_000,
    ],
)
def test_what_is_no_address_is_its_own_key(odd):
    assert same_article(odd) == odd


def test_tracking_goes_and_all_else_stays():
    assert without_tracking("https://a.example/x?id=5&utm_source=a&b=%20#top") == "https://a.example/x?id=5&b=%20"
    assert without_tracking("https://a.example/x?fbclid=1") == "https://a.example/x"
    assert (
        without_tracking("https://a.example/x;jsessionid=1A?print=1&view=danh-sach")
        == "https://a.example/x?view=danh-sach"
    )


def test_patterns_see_path_and_query():
    assert path_with_query("https://a.example/viewer.aspx?mabb=2&gclid=1") == "/viewer.aspx?mabb=2"
    assert path_with_query("https://[::1") == ""


SOURCES = [
    None,
    a_source(domain="baolua.example", aliases=("lua.example",), article_pattern=r"-post\d+\.(?:tpo|html)$"),
    a_source(
        domain="a.b.example", aliases=("b.example",), key_parameters=("mabb",), article_pattern=r"^/viewer\.aspx\?"
    ),
]
_HOSTS = [
    "baolua.example",
    "www.baolua.example",
    "m.lua.example",
    "B.example.",
    "x.b.example",
    "u:p@lua.example",
    "báo.example",
]
_SEGMENTS = [
    *("amp", "print", "m", "in-bai", "tin", "x.amp", "x-amp.html", "x.print.html", "x-post12345.tpo", "Viewer.aspx"),
    *("%2F", "%252F", "%41", "đất", ";jsessionid=1", "%3Bjsessionid=2", "a b", "", ".", "..", "%20", "%FF"),
]
_QUERIES = [
    "",
    "?",
    "?a=1&b=2",
    "?MABB=2&utm_source=x",
    "?amp",
    "?amp=1&a=%2B+%20",
    "?b=2;a=1",
    "?view=print",
    "?a=đ&a=&=1",
]
ADDRESSES = st.builds(
    lambda scheme, host, port, segments, query: f"{scheme}://{host}{port}/{'/'.join(segments)}{query}",
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(_HOSTS),
    st.sampled_from(["", ":80", ":443", ":8080", ":"]),
    st.lists(st.sampled_from(_SEGMENTS), max_size=5),
    st.sampled_from(_QUERIES),
)


@settings(derandomize=True, deadline=None, max_examples=400)
@given(ADDRESSES | st.text() | st.text().map("https://a.example/".__add__), st.sampled_from(SOURCES))
def test_an_identity_is_its_own_identity(url, source):
    key = same_article(url, source)
    assert same_article(key, source) == key
    assert without_tracking(without_tracking(url)) == without_tracking(url)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(
    st.lists(
        st.sampled_from(["thoi-su", "xa-hoi", "mot-cua-post1001.html", "đất-đai", "202603"]), min_size=1, max_size=3
    ),
    st.dictionaries(st.sampled_from(["id", "trang", "loai"]), st.text("abc123 đ&=?#/+%", max_size=5), max_size=2),
    st.lists(st.sampled_from(["utm_source=zalo", "fbclid=x1", "amp=1", "print", "gidzl=9", "view=print"]), max_size=3),
    st.sampled_from(["http://", "https://www.", "https://m.", "HTTPS://AMP."]),
    st.sampled_from(["", "/", "/amp/", "//"]),
)
def test_what_chooses_no_article_changes_no_identity(segments, parameters, idle, start, end):
    path, query = "/".join(segments), urlencode(parameters)
    plain = f"https://baolua.example/{path}" + (f"?{query}" if query else "")
    other = f"{start}baolua.example/{quote(path)}{end}?{'&'.join([*idle, query])}#binh-luan"
    assert same_article(other) == same_article(plain)
