"""Inputs to begin with: whole and well formed, so that a mutation reaches deep."""

from collections.abc import Mapping
from pathlib import Path

from tests.scrapers.fakes import a_feed, a_listing

_PAGES = sorted(Path(__file__).parents[1].joinpath("scrapers", "extraction", "pages").glob("*.html"))
_FEED = a_feed(
    ("https://baolua.example/xa-tra-ket-qua-som-a1001.html", "Xã trả kết quả sớm", "Mon, 02 Mar 2026 07:30:00 +07:00"),
    ("/phuong-hen-gio-a1002.html", "Phường hẹn giờ &amp; trả giấy", "9/14/2026 6:44:00 PM"),
)
_ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Một cửa</title><link href="/a-a1003.html"/>'
    "<updated>2026-03-01T08:00:00+07:00</updated></entry></feed>"
).encode()
_SITEMAP = (
    b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
    b"<url><loc>https://baolua.example/xa-so-hoa-so-ho-tich-a1004.html</loc><lastmod>2026-03-01T09:00:00+07:00</lastmod>"
    b"<n:news><n:publication_date>2026-03-01</n:publication_date><n:title>X</n:title></n:news></url></urlset>"
)
_INDEX = (
    b'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>/sitemaps/news-2026-3.xml</loc>'
    b"<lastmod>2026-03-01</lastmod></sitemap></sitemapindex>"
)
_LISTING = a_listing(("/xa-tra-ket-qua-som-trong-ngay-a1005.html", "Xã trả kết quả sớm trong ngày"))
_ROBOTS = (
    b"User-agent: *\nDisallow: /tim-kiem/*.html$\nAllow: /\nCrawl-delay: 2\nSitemap: https://baolua.example/s.xml\n"
)
_WORD = (
    "<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>Xã trả kết quả sớm</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p>"
    "<w:r><w:rPr><w:rFonts w:ascii='VNI-Times'/><w:b/></w:rPr><w:t>Hoà sô ñaát ñai</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
).encode()
_DATES = (
    *(
        "Thứ Hai, 02/03/2026 07:30 (GMT+7)",
        "2026-03-02T07:30:11.000 +07:00",
        "9/14/2026 6:44:00 PM",
        "02-03-2026 - 00:01 AM",
    ),
    *(
        "Mon, 02 Mar 2026 07:30:00 GMT",
        "ngày 2 tháng 3 năm 2026",
        "3600",
        "max-age=600, no-store",
        "- 07/03/2026 08:47",
    ),
)
_LINKS = (
    *(
        "https://www.baolua.example:443/amp/tin-a1.amp?utm_source=x&itemid=3#a",
        "/viewer.aspx?MaBB=12&cat=3",
        "http://[::1]/a",
    ),
    *(
        "//m.baolua.example/tin-post12.html",
        "javascript:void(0)",
        "https://bảo.example/tin%20một-12345.html",
        "64:ff9b::7f00:1",
    ),
)
_TEXTS = (
    *(
        "Hoà sô ñaát ñai ñöôïc giaûi quyeát trong buoåi saùng",
        "Uû ban nh©n d©n x· tr¶ kÕt qu¶ tríc h¹n",
    ),
    *("Bài, ảnh: LÊ BẾN - ĐÌNH PHÚC (Theo TTXVN)", "<meta charset='windows-1258'>Xã Bến Cau &amp;#225;"),
)

SEEDS: Mapping[str, tuple[bytes, ...]] = {
    "dates": tuple(text.encode() for text in _DATES),
    "links": tuple(text.encode() for text in _LINKS),
    "listings": (b"\0" + _FEED, b"\0" + _ATOM, b"\x01" + _SITEMAP, b"\x01" + _INDEX, b"\x02" + _LISTING, _ROBOTS),
    "pages": tuple(bytes([number]) + path.read_bytes() for number, path in enumerate(_PAGES)),
    "texts": (*(text.encode() for text in _TEXTS), *(text.encode("latin-1", errors="ignore") for text in _TEXTS)),
    "documents": (b"\0" + _WORD, *(b"\x01" + text.encode() for text in _TEXTS)),
}
