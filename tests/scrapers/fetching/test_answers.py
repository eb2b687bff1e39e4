import ssl
from datetime import UTC, datetime
from email.utils import format_datetime

import httpcore
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import FetchError
from scrapers.fetching.answers import PassingFaultError, asked_pause, check_address, fault, goal_of
from scrapers.fetching.hosts import host_key
from scrapers.fetching.transport import RefusedAddressError, UnknownHostError
from tests.scrapers.fetching.fakes import unhurried


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        *(
            ("120", 120.0),
            ("0", 0.0),
            ("-5", None),
            ("1.5", None),
            ("9" * 5000, 86400.0),
            ("٣", None),
            ("999999999999", 86400.0),
            ("Mon, 02 Mar 2026 00:31:00 GMT", 60.0),
        ),
        *(("Mon, 02 Mar 2020 00:31:00 GMT", 0.0), ("Mon, 02 Mar 2026 00:31:00 -0000", None), ("mai", None), ("", None)),
    ],
)
def test_retry_after_is_read(value, seconds):
    assert asked_pause({"retry-after": value}, now=datetime(2026, 3, 2, 0, 30, tzinfo=UTC)) == seconds


def test_a_goal_that_cannot_be_joined_is_a_bad_redirect():
    response = httpx.Response(302, headers={"location": "http://[::1"})
    with pytest.raises(FetchError, match="redirects"):
        goal_of(response, url="http://a.example/", address="http://a.example/")


def kind(error: Exception) -> str:
    return fault(error, url="u", address="u").kind


def caused(error: Exception, cause: BaseException) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "wanted"),
    [
        (TimeoutError(), "timeout"),
        (httpx.ReadTimeout(""), "timeout"),
        (httpcore.ConnectTimeout(""), "timeout"),
        (httpcore.RemoteProtocolError("x"), "broken"),
        (httpcore.ReadError("x"), "broken"),
        (ConnectionResetError(), "broken"),
        (httpcore.ConnectError("x"), "connect"),
        (httpx.ConnectError("x"), "connect"),
        (RefusedAddressError("x"), "refused-address"),
        (UnknownHostError("x"), "dns"),
        (caused(httpcore.ConnectError("x"), ssl.SSLCertVerificationError("x")), "tls"),
        (caused(httpcore.ConnectError("x"), ssl.SSLEOFError("x")), "connect"),
        (caused(httpcore.ReadError("x"), ssl.SSLError("x")), "broken"),
    ],
)
def test_network_errors_have_their_kinds(error, wanted):
    assert kind(error) == wanted


def test_what_may_pass_says_where_it_happened():
    error = fault(httpcore.ReadError(""), url="u", address="http://a.example/")
    assert isinstance(error, PassingFaultError)
    assert (error.url, error.address, error.pause, error.detail) == ("u", "http://a.example/", None, "ReadError")


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        (
            "https://baolua.example/tin/một cửa.html?q=á",
            "https://baolua.example/tin/m%E1%BB%99t%20c%E1%BB%ADa.html?q=%C3%A1",
        ),
        ("http://Baolua.Example:80", "http://baolua.example"),
        ("http://bao_lua.example:8080/a/../b", "http://bao_lua.example:8080/b"),
        ("http://[2001:db8::1]:81/", None),
        ("http://[2001:db8::1]/", "http://[2001:db8::1]/"),
        ("http://127.0.0.1:41234/", "http://127.0.0.1:41234/"),
    ],
)
def test_an_address_is_sent_in_one_form(address, sent):
    if sent is None:
        with pytest.raises(FetchError, match="bad-address"):
            check_address(address, url=address)
    else:
        assert str(check_address(address, url=address)) == sent


@pytest.mark.parametrize(
    "address",
    [
        *("", "baolua.example/a", "//baolua.example/", "ftp://a.example/", "file:///etc/passwd", "data:text/html,x"),
        *("http://", "http://[::1", "http://:80/", "http:///x", "javascript:alert(1)", "gopher://a.example/"),
        *("http://a.example:0/", "http://a.example:22/", "http://a.example:1023/", "http://a.example:65536/"),
        *("http://a.example:x/", "http://a:b@c.example/", "http://@c.example/", "http://a@c.example/"),
        *("http://a.example\\@b.example/", "http://a example/", "http://a%2eexample/", "http://a.example%00/"),
        *("http://a.example\n/", "http://a.example/\r\nX: y", "http://１２７.0.0.1/", "http://a.example/\ud800"),
        *("http://[fe80::1%25eth0]/", "http://.", "http://-a.example/", "http://" + "a" * 70_000 + "/"),
    ],
)
def test_what_is_no_plain_web_address_is_refused(address):
    with pytest.raises(FetchError) as caught:
        check_address(address, url=address)
    assert (caught.value.kind, caught.value.url) == ("bad-address", address)


def test_where_a_bad_redirect_led_is_told():
    with pytest.raises(FetchError, match=r"leads to ftp://b\.example/"):
        check_address("ftp://b.example/", url="http://a.example/")


NOW = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)


@unhurried
@given(st.text(max_size=60) | st.integers().map(str) | st.datetimes().map(format_datetime))
def test_any_pause_asked_for_is_within_a_day_or_none(value):
    pause = asked_pause({"retry-after": value}, now=NOW)
    assert pause is None or 0 <= pause <= 86400


ADDRESS_LETTERS = "htps:/@[]%?#.0123456789abxéộ\\ \t\n\r\x00\ud800"


@unhurried
@given(
    st.text(max_size=40)
    | st.text(ADDRESS_LETTERS, max_size=40)
    | st.text(ADDRESS_LETTERS, max_size=30).map("http://".__add__)
)
def test_any_address_is_one_or_is_refused(text):
    try:
        url = check_address(text, url=text)
    except FetchError as error:
        assert error.kind == "bad-address"  # noqa: PT017 - either outcome is right
    else:
        assert url.scheme in ("http", "https")
        assert url.host
        assert host_key(str(url))
        assert str(check_address(str(url), url=text)) == str(url)


@unhurried
@given(st.binary(max_size=60))
def test_any_goal_is_an_address_to_check_or_a_bad_redirect(written):
    response = httpx.Response(302, headers=[(b"location", written)])
    try:
        goal = goal_of(response, url="u", address="http://a.example/tin/a.html")
    except FetchError as error:
        assert error.kind == "redirects"  # noqa: PT017 - either outcome is right
    else:
        assert "#" not in goal
