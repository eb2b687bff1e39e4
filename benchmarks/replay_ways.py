"""How outlets misbehave, and under which kind each way must be counted."""

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from benchmarks.replay_pages import CHANGED, article_page
from benchmarks.replay_replies import Reply, html_reply, page_reply, redirect_reply, xml_reply
from benchmarks.replay_text import DAY, Piece

if TYPE_CHECKING:
    from benchmarks.replay_sites import Site

_MEGABYTE = 1 << 20

Answer = Callable[["Site", str, int, Reply], Reply]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to misbehave.

    `at` is where: its robots.txt, its listing, its articles. `kind` is what the report must count, None where nothing
    may be lost: then every article must be kept, and carry one of `flags` where some are named. `base` is where the
    catalogue believes it; `public`: its source may not reach private addresses; `deaf`: nobody listens at its port.
    """

    name: str
    at: Literal["robots", "listing", "page"]
    kind: str | None
    reply: Answer
    flags: frozenset[str] = frozenset()
    listing: Literal["feed", "page"] | None = None
    base: str = ""
    public: bool = False
    deaf: bool = False

    def concerns(self, path: str, *, robots: str, listings: tuple[str, ...]) -> bool:
        """Whether a request for the path meets it."""
        at = "robots" if path == robots else "listing" if path in listings else "page"
        return self.at == at


def _always(reply: Reply) -> Answer:
    return lambda _site, _path, _count, _usual: reply


def _usual(_site: "Site", _path: str, _count: int, usual: Reply) -> Reply:
    return usual


def _around(_site: "Site", path: str, _count: int, _usual: Reply) -> Reply:
    """To itself with another number each time: no two addresses of the loop are equal."""
    start, _, number = path.partition("?lan=")
    return redirect_reply(f"{start}?lan={int(number or 0) + 1}")


def _cut(_site: "Site", _path: str, _count: int, usual: Reply) -> Reply:
    """Half of the packed data, announced as if it were all."""
    body = usual.data.partition(b"\r\n\r\n")[2]
    return page_reply(body[: len(body) // 2], coding="gzip")


def _broken_off(_site: "Site", _path: str, _count: int, usual: Reply) -> Reply:
    return Reply(data=usual.data[: len(usual.data) // 2], then="reset")


def _first_too_many(_site: "Site", _path: str, count: int, usual: Reply) -> Reply:
    return Reply.of(b"", status=429, Retry_After="1") if count == 1 else usual


def _first_fails(_site: "Site", _path: str, count: int, usual: Reply) -> Reply:
    return Reply.of(b"", status=503) if count == 1 else usual


def _plain(usual: Reply) -> bytes:
    return zlib.decompress(usual.data.partition(b"\r\n\r\n")[2], 32 + zlib.MAX_WBITS)


def _lies_about_charset(_site: "Site", _path: str, _count: int, usual: Reply) -> Reply:
    body = _plain(usual).replace(b'<meta charset="utf-8">', b'<meta charset="windows-1258">', 1)
    return page_reply(body, kind="text/html; charset=iso-8859-1")


def _spoilt_feed(_site: "Site", _path: str, _count: int, usual: Reply) -> Reply:
    """A bare ampersand, an entity of HTML, a control character, an element nobody declared, and the end is missing."""
    body = usual.data.partition(b"\r\n\r\n")[2]
    body = body.replace(b"<item>", b"<item><media:credit>A & B&nbsp;\x0b</media:credit>").replace(
        b"</channel></rss>", b""
    )
    return xml_reply(body)


def _changed(site: "Site", path: str, _count: int, _usual: Reply) -> Reply:
    number = next(one.number for one in site.pieces() if one.slug in path)
    return page_reply(article_page(list(site.pieces())[number], CHANGED, base=site.base))


def _another(site: "Site", _path: str, _count: int, _usual: Reply) -> Reply:
    """The site finds articles by number alone, and the number belongs to this one."""
    return page_reply(article_page(_OTHER, site.system, base=site.base))


def warm() -> None:
    """Make what takes long to make, and what a client that only looks up a way's kind need not have."""
    _bomb()
    _huge()


@lru_cache(maxsize=1)
def _bomb() -> Reply:
    return page_reply(gzip.compress(bytes(64 * _MEGABYTE)), coding="gzip")


@lru_cache(maxsize=1)
def _huge() -> Reply:
    return page_reply(b"<html><body>" + b"<p>x</p>" * (6 * _MEGABYTE // 8) + b"</body></html>")


def _bulky(_site: "Site", _path: str, count: int, usual: Reply) -> Reply:
    """Just under the cap, where the markup is worst: one enormous menu."""
    body = _plain(usual)
    link = b'<li class="menu-item"><a href="/muc/">Chuy\xc3\xaan m\xe1\xbb\xa5c</a></li>'
    menu = b"<ul>" + link * ((4_500_000 - len(body)) // len(link)) + b"</ul>"
    return page_reply(body.replace(b"</body>", menu + b"</body>"), coding="") if count == 1 else usual


_OTHER = Piece(
    number=900_001,
    title="Dừa khô nhích giá, thương lái gom từ sớm",
    slug="dua-kho-nhich-gia-thuong-lai-gom-tu-som",
    sapo="Vườn nào trái đều cũng bán hết ngay tại bờ kênh.",
    paragraphs=tuple(
        f"Chuyến ghe thứ {number} rời bến lúc rạng đông, chở đầy trái khô loại một." for number in range(9)
    ),
    author="Út Trà",
    published=DAY,
)
_EMPTY_FEED = (
    b'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>B\xc3\xa1o</title></channel></rss>'
)
_SLOW_HEAD = b"HTTP/1.1 200 OK\r\nX-Cho: " + b"x" * 4000
_SLOW_BODY = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9000\r\n\r\n" + b"<" * 9000

WAYS: tuple[Way, ...] = (
    Way(name="hang", at="page", kind="timeout", reply=_always(Reply(then="hang"))),
    Way(name="trickle", at="page", kind="timeout", reply=_always(Reply(data=_SLOW_BODY, pause=0.25))),
    Way(name="slow-headers", at="page", kind="timeout", reply=_always(Reply(data=_SLOW_HEAD, pause=0.25))),
    Way(name="robots-hang", at="robots", kind="timeout", reply=_always(Reply(then="hang"))),
    Way(name="reset", at="page", kind="broken", reply=_broken_off),
    Way(name="closed-early", at="page", kind="broken", reply=_always(Reply(then="close"))),
    Way(
        name="no-http",
        at="page",
        kind="broken",
        reply=_always(Reply(data=b"SSH-2.0-OpenSSH_9.2\r\n\r\n", then="close")),
    ),
    Way(name="nobody-there", at="robots", kind="connect", reply=_usual, deaf=True),
    Way(name="no-tls", at="robots", kind="tls", reply=_usual, base="https://127.0.0.1:{port}"),
    Way(name="truncated-gzip", at="page", kind="bad-encoding", reply=_cut),
    Way(name="unknown-coding", at="page", kind="bad-encoding", reply=_always(page_reply(b"\x0b\x02", coding="br"))),
    Way(name="bomb", at="page", kind="too-large", reply=lambda *_asked: _bomb()),
    Way(name="huge-page", at="page", kind="too-large", reply=lambda *_asked: _huge()),
    Way(name="redirect-loop", at="page", kind="redirects", reply=_around),
    Way(name="redirect-nowhere", at="page", kind="redirects", reply=_always(Reply.of(b"", status=302))),
    Way(
        name="redirect-to-secrets",
        at="page",
        kind="refused-address",
        reply=_always(redirect_reply("http://169.254.169.254/")),
    ),
    Way(name="private-network", at="robots", kind="refused-address", reply=_usual, public=True),
    Way(
        name="429-for-hours",
        at="page",
        kind="rate-limited",
        reply=_always(Reply.of(b"", status=429, Retry_After="7200")),
    ),
    Way(name="429-once", at="page", kind=None, reply=_first_too_many),
    Way(name="503", at="page", kind="server-error", reply=_always(Reply.of(b"", status=503))),
    Way(name="503-once", at="page", kind=None, reply=_first_fails),
    Way(name="403", at="page", kind="forbidden", reply=_always(Reply.of(b"", status=403))),
    Way(name="gone", at="page", kind="not-found", reply=_always(Reply.of(b"", status=410))),
    Way(name="robots-503", at="robots", kind="robots-unreachable", reply=_always(Reply.of(b"", status=503))),
    Way(
        name="robots-denial",
        at="robots",
        kind="robots",
        reply=_always(Reply.of(b"User-agent: *\nDisallow: /\n", "text/plain")),
    ),
    Way(name="wrong-charset", at="page", kind=None, reply=_lies_about_charset),
    Way(
        name="captcha",
        at="page",
        kind="captcha",
        reply=_always(html_reply("Just a moment...", "Xác minh rằng bạn là con người.")),
    ),
    Way(
        name="cookie-shell",
        at="page",
        kind="shell",
        reply=_always(Reply.of(b"<html><body><script>document.cookie='a=1';location.reload();</script></body></html>")),
    ),
    Way(
        name="soft-404",
        at="page",
        kind="soft-404",
        reply=_always(html_reply("Không tìm thấy trang", "Bài viết đã bị xóa.")),
    ),
    Way(name="another-article", at="page", kind="wrong-article", reply=_another),
    Way(name="empty-page", at="page", kind="empty", reply=_always(page_reply(b"  \n"))),
    Way(name="picture", at="page", kind="not-html", reply=_always(page_reply(b"\x89PNG\r\n\x1a\n" + bytes(900)))),
    Way(name="home-page", at="page", kind="soft-404", reply=_always(redirect_reply("/chinh-tri/"))),
    Way(name="empty-feed", at="listing", kind="empty-feed", reply=_always(xml_reply(_EMPTY_FEED)), listing="feed"),
    Way(
        name="no-feed",
        at="listing",
        kind="not-a-feed",
        reply=_always(html_reply("Trang chủ", "Đọc báo.")),
        listing="feed",
    ),
    Way(name="invalid-xml", at="listing", kind=None, reply=_spoilt_feed, listing="feed"),
    Way(
        name="empty-section",
        at="listing",
        kind="no-links",
        reply=_always(html_reply("Chính trị", "Đọc báo.")),
        listing="page",
    ),
    Way(
        name="captcha-section",
        at="listing",
        kind="captcha",
        reply=_always(html_reply("Just a moment...", "Xác minh rằng bạn là con người.")),
        listing="page",
    ),
    Way(name="changed-markup", at="page", kind=None, reply=_changed, flags=frozenset({"fallback", "generic"})),
    Way(name="bulky-page", at="page", kind=None, reply=_bulky),
)
