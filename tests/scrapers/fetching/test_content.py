import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from digest.errors import FetchError
from scrapers.fetching import content
from scrapers.fetching.content import Wanted
from tests.scrapers.fakes import a_web, packed
from tests.scrapers.fetching.fakes import HTML, get, refusal, unhurried


@pytest.fixture
def web():
    with a_web() as running:
        yield running


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("gzip", packed(HTML.encode())),
        ("x-gzip", packed(HTML.encode()[:20]) + packed(HTML.encode()[20:]) + b"\0\0"),
        ("deflate", zlib.compress(HTML.encode())),
        ("deflate", zlib.compress(HTML.encode())[2:-4]),
        ("identity", HTML.encode()),
    ],
    ids=["gzip", "two gzip members and padding", "zlib", "bare deflate", "identity"],
)
def test_content_codings_are_undone(web, coding, data):
    assert get(web.gives("/a.html", data, Content_Encoding=coding)).body == HTML.encode()


async def _chunks(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


def read(*parts: bytes, coding: str = "gzip", wanted: Wanted = "page", announced: int = 0) -> bytes:
    """The body that comes in these parts."""
    chunks = _chunks(*parts)
    return asyncio.run(content.read_body(chunks, coding=coding, wanted=wanted, url="u", announced=announced))


def kind_of(*parts: bytes, coding: str = "gzip", wanted: Wanted = "page", announced: int = 0) -> str:
    """Why it cannot be read."""
    with pytest.raises(FetchError) as caught:
        read(*parts, coding=coding, wanted=wanted, announced=announced)
    return caught.value.kind


def bytewise(data: bytes) -> list[bytes]:
    return [data[number : number + 1] for number in range(len(data))]


def test_packed_data_may_come_byte_by_byte():
    assert read(*bytewise(packed(HTML.encode()))) == HTML.encode()


def test_padding_after_the_end_is_no_data_even_where_it_looks_like_it():
    assert read(packed(b"mot") + b"\0", b"\x1f\x8bhong", packed(b"hai")) == b"mot"


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("gzip", packed(HTML.encode() * 50)[:-30]),
        ("gzip", b"\x1f\x8bkhong phai"),
        ("br", b"\x0b\x02\x80"),
        ("zstd", b"\x28\xb5\x2f\xfd"),
        ("gzip, gzip", b"x"),
    ],
    ids=["cut off", "spoilt", "brotli", "zstd", "two"],
)
def test_packed_data_that_cannot_be_read_is_told(web, coding, data):
    assert refusal(web.gives("/a.html", data, Content_Encoding=coding)).kind == "bad-encoding"


def test_a_body_beyond_its_cap_is_cut_off(web):
    url = web.gives("/a.html", b"x" * (5 * content.MEGABYTE + 1))
    assert refusal(url).kind == "too-large"
    assert len(get(url, kind="feed").body) == 5 * content.MEGABYTE + 1


def test_a_bomb_is_cut_off_where_it_unpacks(web):
    bomb = gzip.compress(gzip.compress(b"\0" * (200 * content.MEGABYTE)))
    assert refusal(web.gives("/a.html", bomb, Content_Encoding="gzip")).kind == "too-large"
    once = gzip.compress(b"\0" * (60 * content.MEGABYTE))
    assert refusal(web.gives("/b.html", once, Content_Encoding="gzip"), kind="sitemap").kind == "too-large"


def test_a_packed_file_is_unpacked_by_its_bytes(web):
    url = web.gives("/sitemap.xml.gz", packed(b"<urlset></urlset>"), Content_Type="application/octet-stream")
    assert get(url, kind="sitemap").body == b"<urlset></urlset>"
    cut = web.gives("/b.xml.gz", packed(b"<urlset></urlset>")[:-9])
    assert refusal(cut, kind="sitemap").kind == "bad-encoding"


def test_an_empty_packed_body_is_empty(web):
    assert get(web.gives("/a.html", b"", Content_Encoding="gzip")).body == b""


@pytest.mark.parametrize(
    ("wanted", "cap"),
    [("page", 5), ("feed", 15), ("sitemap", 50), ("document", 30)],
)
def test_every_kind_has_its_cap(wanted, cap):
    megabyte = b"x" * content.MEGABYTE
    assert len(read(*[megabyte] * cap, coding="", wanted=wanted)) == cap * content.MEGABYTE
    assert kind_of(*[megabyte] * cap, b"x", coding="", wanted=wanted) == "too-large"


def test_a_robots_txt_is_cut_at_half_a_megabyte():
    assert len(read(b"x" * content.MEGABYTE, coding="", wanted="robots", announced=content.MEGABYTE)) == 512 * 1024


def test_what_is_too_large_by_its_own_word_is_not_read(web):
    def behave(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", str(6 * content.MEGABYTE))
        handler.end_headers()
        handler.wfile.write(b"x")
        handler.close_connection = True

    assert refusal(web.does("/a.html", behave)).kind == "too-large"
    assert web.paths().count("/a.html") == 1


def test_packed_data_that_brings_nothing_has_an_end():
    """Empty blocks unpack to nothing for ever; what came over the wire counts too."""
    empty_block = b"\x00\x00\x00\xff\xff"
    flood = empty_block * (content.MEGABYTE // 5 + 1)
    assert kind_of(*[flood] * 5, coding="deflate") == "too-large"


def test_gzip_members_that_bring_nothing_have_an_end():
    assert kind_of(gzip.compress(b"") * 1001) == "bad-encoding"
    assert kind_of(gzip.compress(b"") * 100_000, coding="", wanted="sitemap") == "bad-encoding"
    assert read(gzip.compress(b"x") * 1000) == b"x" * 1000


def test_crumbs_have_an_end():
    assert read(*[b"x"] * 50_000, coding="") == b"x" * 50_000
    assert kind_of(*[b"x"] * 50_001, coding="") == "broken"


def test_crumbs_let_the_others_have_their_turn():
    turns = []

    async def other() -> None:
        while True:
            turns.append(1)
            await asyncio.sleep(0)

    async def work() -> None:
        task = asyncio.create_task(other())
        await content.read_body(_chunks(*[b"x"] * 5000), coding="", wanted="page", url="u")
        task.cancel()

    asyncio.run(work())
    assert len(turns) >= 5000 // 256


@unhurried
@given(st.binary(max_size=400), st.sampled_from(["", "gzip", "deflate", "x-gzip"]), st.sampled_from(list(content.CAPS)))
def test_whatever_comes_is_read_or_refused(data, coding, wanted):
    parts = [data[start : start + 7] for start in range(0, len(data), 7)]
    try:
        body = read(*parts, coding=coding, wanted=wanted)
    except FetchError as error:
        assert error.kind == "bad-encoding"  # noqa: PT017 - either outcome is right
    else:
        assert coding or data.startswith(b"\x1f\x8b") or body == data


@unhurried
@given(st.binary(max_size=2000), st.integers(1, 200), st.data())
def test_what_is_packed_comes_out_whole_and_what_is_cut_off_does_not(data, size, choice):
    whole = gzip.compress(data)
    parts = [whole[start : start + size] for start in range(0, len(whole), size)]
    assume(not data.startswith(b"\x1f\x8b"))
    assert read(*parts) == data
    assert kind_of(whole[: choice.draw(st.integers(1, len(whole) - 1))]) == "bad-encoding"
