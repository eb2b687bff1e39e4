"""Pages of about 150 KB as six publishing systems make them, packed without packing the same bytes twice.

A page is four stretches: its own head, what its site puts before every article (styles, scripts, menus), its own text,
and what follows every article (boxes of links, scripts, footer). The long ones are packed once.
"""

import html
import random
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import format_datetime
from functools import cache

from benchmarks.replay_text import Piece

PAGE_BYTES = 150_000
_VARIANTS = 8  # of the boxes around the text
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_END = b"\x03\x00"  # an empty last block


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """One publishing system: its addresses and its markup. The text's fields stand in `{}`."""

    key: str
    address: str
    article: str
    paragraph: str = "<p>{text}</p>"
    related: str = ""


SYSTEMS = (
    System(
        key="F1",
        address="/{slug}-post{id}.html",
        article='<div class="breadcrumb"><h2 class="main"><a href="/chinh-quyen/">Chính quyền</a></h2></div><article class="article">'
        '<h1 class="article__title cms-title">{title}</h1><div class="article__meta"><span class="author cms-author">{author}</span>'
        '<time class="time" datetime="{iso}">{date} {hour}</time></div><div class="article__sapo cms-desc"><p>{sapo}</p></div>'
        '<figure class="article__avatar"><img src="/Uploaded/{id}.jpg"><figcaption>Ảnh: {author}</figcaption></figure>'
        '<div class="article__body zce-content-body cms-body" itemprop="articleBody">{text}</div></article>',
        related='<div class="article-relate"><a href="/bai-cu-trong-khung-post{id}.html">Bài cũ trong khung {id}</a></div>',
    ),
    System(
        key="F2",
        address="/{slug}-{id}.html",
        article='<div class="c-news-detail"><div class="b-maincontent"><article class="entry"><div class="sc-longform-header">'
        '<span class="block-sc-cate-name"><a href="/chinh-tri">Chính trị</a></span><h1 class="sc-longform-header-title">{title}</h1>'
        '<p class="sc-longform-header-sapo block-sc-sapo">{sapo}</p><span class="sc-longform-header-author">{author}</span>'
        '<span class="sc-longform-header-date">{date} - {hour}</span></div><p class="c-font">Cỡ chữ</p>{text}'
        '<div class="c-powered">Powered by ONECMS</div></article></div></div>',
        paragraph='<p style="text-align:justify">{text}</p>',
        related='<div class="c-box"><div class="c-box__title">Bài đọc tiếp</div><a href="/bai-cu-{id}.html">Bài cũ {id}</a></div>',
    ),
    System(
        key="F3",
        address="/{slug}-2026030206{id:09d}.htm",
        article='<div class="detail-cate"><a data-role="cate-name" href="/thoi-su.htm">Thời sự</a></div><div class="detail-time">'
        '<div data-role="publishdate">{date} {hour} GMT+7</div></div><h1 class="detail-title" data-role="title">{title}</h1>'
        '<h2 class="detail-sapo" data-role="sapo">{sapo}</h2><div class="detail-content afcbc-body" data-role="content">{text}</div>'
        '<div class="detail-author-bot"><a class="name" href="#">{author}</a></div>',
        related='<div type="RelatedOneNews"><div class="kbwscwl-relatedbox type-5"><a href="/cu-2026.htm">Bài cũ {id}</a></div></div>',
    ),
    System(
        key="F4",
        address="/chinh-tri/202603/{slug}-{id:07x}/",
        article='<div class="detail-main"><div class="detail-main-title"><h1 class="title">{title}</h1></div>'
        '<div class="date">Cập nhật lúc {hour}, Thứ Hai, {date} (GMT+7)</div><div class="content-detail" id="content">'
        '<p><strong>{sapo}</strong></p>{text}<p style="text-align:right"><strong>{author}</strong></p></div></div>',
        paragraph='<p style="text-align:justify">{text}</p>',
        related='<div class="bd02"><div class="related-post"><a href="/x/202602/bai-cu-1a2b3c4/">Bài cũ {id}</a></div></div>',
    ),
    System(
        key="F5",
        address="/{slug}-a{id}.html",
        article='<div class="detail"><h1 class="fw700 margintopbot10">{title}</h1><div class="detail-date-share">'
        '<span class="pubdate">{date} - {hour}</span></div><div class="detail-desc"><p>{sapo}</p></div><div id="newscontents">'
        '<div class="content-fck">{text}<p style="text-align:right"><strong>{author}</strong></p></div></div></div>',
        related='<div class="tinlienquan"><ul><li><a href="/huyen-ben-dua-a{id}.html">Huyện Bến Dừa {id}</a></li></ul></div>',
    ),
    System(
        key="F6",
        address="/{slug}-{id}.html",
        article='<div class="content-article"><h1 class="name">{title}</h1><div class="date">{date} {hour}</div><div id="content-detail">'
        '<h2>{sapo}</h2>{text}</div><div class="pseudonym">{author}</div></div>',
        related='<div class="relates"><ul><li><a href="/bai-khac-{id}.html">Bài khác {id}</a></li></ul></div>',
    ),
)
# What a site looks like the week after its owner bought another publishing system: no rule knows a name in it.
CHANGED = System(
    key="F1",
    address=SYSTEMS[0].address,
    article='<main><section class="kx-top"><h1>{title}</h1><span>{date} {hour}</span></section><section class="kx-lead"><p>{sapo}</p>'
    '</section><section class="kx-story">{text}<p><b>{author}</b></p></section></main>',
)


def system_of(host: int) -> System:
    return SYSTEMS[host % len(SYSTEMS)]


def address_of(system: System, piece: Piece) -> str:
    """The path of an article."""
    return system.address.format(slug=piece.slug, id=100_000 + piece.number)


def article_page(piece: Piece, system: System, *, base: str) -> bytes:
    """The whole page, plain."""
    return b"".join(_stretches(piece, system, base))


def packed_article_page(piece: Piece, system: System, *, base: str) -> bytes:
    """The same page as gzip; costs a fifth of a millisecond, since the long stretches are packed once."""
    head, before, text, after = _stretches(piece, system, base)
    checksum, length = 0, 0
    for stretch in (head, before, text, after):
        checksum, length = zlib.crc32(stretch, checksum), length + len(stretch)
    middle = (_deflated(head), _packed(before), _deflated(text), _packed(after))
    return b"".join([_GZIP_HEAD, *middle, _END, struct.pack("<II", checksum, length & 0xFFFFFFFF)])


def feed(pieces: Iterable[Piece], system: System, *, base: str) -> bytes:
    """An RSS feed of articles."""
    entries = "".join(
        f"<item><title><![CDATA[{one.title}]]></title><link>{base}{address_of(system, one)}</link>"
        f"<pubDate>{format_datetime(one.published)}</pubDate><description><![CDATA[<p>{one.sapo}</p>]]></description></item>"
        for one in pieces
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>{entries}</channel></rss>'.encode()


def section(pieces: Iterable[Piece], system: System) -> bytes:
    """A section page of articles, with the site's menus around it."""
    entries = "".join(
        f'<article class="story"><h3><a href="{address_of(system, one)}">{one.title}</a></h3><p class="lead">{one.sapo}</p></article>'
        for one in pieces
    )
    before, _boxes = _around(system.key, 0)
    head = "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Chính trị</title>"
    return b"".join([head.encode(), before, f"<main>{entries}</main></body></html>".encode()])


def _stretches(piece: Piece, system: System, base: str) -> tuple[bytes, bytes, bytes, bytes]:
    address, title = base + address_of(system, piece), html.escape(piece.title)
    head = (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title><link rel="canonical" href="{address}">'
        f'<meta property="og:title" content="{title}"><script type="application/ld+json">{{"@type":"NewsArticle","headline":'
        f'"{title}","datePublished":"{piece.published.isoformat()}"}}</script>'
    )
    fields = {
        "id": str(100_000 + piece.number),
        "title": title,
        "sapo": html.escape(piece.sapo),
        "author": piece.author,
        "iso": piece.published.isoformat(),
        "date": f"{piece.published:%d/%m/%Y}",
        "hour": f"{piece.published:%H:%M}",
    }
    paragraphs = [system.paragraph.format(text=html.escape(text)) for text in piece.paragraphs]
    boxes = system.related.format(**fields)
    text = "\n".join([*paragraphs[:3], boxes, *paragraphs[3:]])
    before, after = _around(system.key, piece.number % _VARIANTS)
    return head.encode(), before, system.article.format(text=text, **fields).encode(), after


@cache
def _around(system: str, variant: int) -> tuple[bytes, bytes]:
    """What a site puts before and after every article, so that a page comes to `PAGE_BYTES`."""
    luck = random.Random(f"{system}/{variant}")  # noqa: S311 - no secret, the same each time
    before = f"<style>{_styles(luck, 120)}</style>{_scripts(luck, 10)}</head><body>{_menu(luck, 70)}"
    boxes = "".join(_box(luck, number) for number in range(50))
    after = f'<div class="sidebar">{boxes}</div><footer>Giấy phép số 12/GP ngày 01/02/2020{_menu(luck, 30)}</footer>{_scripts(luck, 12)}'
    own = 13_000  # an article's head and text
    left = PAGE_BYTES - own - len(before.encode()) - len(after.encode()) - 40
    return before.encode(), f"{after}<script>/*{'x9;' * (max(left, 0) // 3)}*/</script></body></html>".encode()


def _styles(luck: random.Random, rules: int) -> str:
    return "".join(
        f".c{luck.randrange(999)} .b-{number}{{margin:{luck.randrange(40)}px;color:#{luck.randrange(1 << 24):06x};display:flex}}"
        for number in range(rules)
    )


def _scripts(luck: random.Random, count: int) -> str:
    line = "window.adSlots=window.adSlots||[];adSlots.push({{id:'zone-{0}',size:[{1},250],lazy:{2}}});"
    return "".join(
        "<script>"
        + "".join(line.format(luck.randrange(9999), luck.randrange(970), n % 2) for n in range(24))
        + "</script>"
        for _ in range(count)
    )


def _menu(luck: random.Random, links: int) -> str:
    entries = "".join(
        f'<li class="menu-item lv{luck.randrange(3)}"><a href="/muc-{number}/" title="Chuyên mục {number}">Chuyên mục {number}</a></li>'
        for number in range(links)
    )
    return f'<div class="main-menu"><ul class="menu">{entries}</ul></div>'


def _box(luck: random.Random, number: int) -> str:
    picture = f"/thumb/{luck.randrange(10**9)}.jpg"
    sizes = ", ".join(f"{picture}?w={width} {width}w" for width in (180, 300, 500, 680, 1020))
    return (
        f'<div class="box-item" data-id="{luck.randrange(10**8)}"><a class="thumb" href="/tin-trong-khung-{luck.randrange(10**6)}.html">'
        f'<picture><source srcset="{sizes}"><img loading="lazy" src="{picture}" data-srcset="{sizes}" alt="Tin trong khung {number}">'
        f'</picture></a><h3><a href="/tin-trong-khung-{luck.randrange(10**6)}.html">Tin trong khung số {number}</a></h3>'
        f'<span class="time">0{luck.randrange(1, 9)}/01/2026 08:{luck.randrange(10, 60)}</span></div>'
    )


@cache
def _packed(stretch: bytes) -> bytes:
    return _deflated(stretch)


def _deflated(stretch: bytes) -> bytes:
    """Raw deflate that ends on a whole byte and needs nothing of what came before."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(stretch) + packer.flush(zlib.Z_FULL_FLUSH)
