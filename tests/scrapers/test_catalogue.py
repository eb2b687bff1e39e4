import csv
import gzip
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import certifi
import pytest

from digest.errors import CatalogueError
from digest.model import Rights
from digest.places import MERGED_ON, is_same_place, provinces_in
from scrapers.catalogue import FOLDER, SHIPPED, find, find_named, load
from scrapers.catalogue_checks import KINDS
from scrapers.source import Former, Selectors, Tls
from tests.fakes import SHARED, needs_shared

SOURCES = load()
BY_ID = {source.id: source for source in SOURCES}
ADDRESS = re.compile(r"https?://[^\s,;()]+")

NEW = """
[[sources]]
id = "baolua"
name = "Báo Lúa"
domain = "baolua.example"
outlet = "Baolua.example"
kind = "provincial_paper"
feeds = ["https://baolua.example/rss/home.rss"]
"""


def a_file(folder: Path, text: str, name: str = "cua-toi.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_shipped_source_loads():
    assert len(SOURCES) == 135
    assert Counter(source.kind for source in SOURCES) == {
        "provincial_paper": 65,
        "national_paper": 37,
        "ministry": 15,
        "central_gov": 7,
        "provincial_gov": 7,
        "journal": 4,
    }


def test_the_list_of_files_is_the_folder():
    assert set(SHIPPED) == {path.name for path in FOLDER.glob("*")}


def rows() -> list[dict[str, str]]:
    with (SHARED / "sources" / "sources.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@needs_shared
def test_every_row_of_the_list_has_its_entry():
    assert sorted(row["id"] for row in rows()) == sorted(BY_ID)
    for row in rows():
        source = BY_ID[row["id"]]
        told = (row["name"], row["domain"], row["kind"], row["province_old"] or None, row["province_new"] or None)
        assert told == (source.name, source.domain, source.kind, source.province_old, source.province_new)


# What the list says of a feed or a sitemap that no longer stands in the entry as it was.
DROPPED = {
    "https://kinhtedothi.vn/rss/feed/4.rss",  # answers with no entry: the sitemap is read instead
    "https://hanoimoi.vn/sitemap.xml",  # an index of the two that are named
}


@needs_shared
def test_every_feed_and_sitemap_of_the_list_is_carried():
    for row in rows():
        source = BY_ID[row["id"]]
        known = {re.sub(r"\{\w+\}", "#", url) for url in (*source.feeds, *source.sitemaps)}
        for url in ADDRESS.findall(row["rss_urls"] + " " + row["sitemap_url"]):
            assert re.sub(r"2025-8(?=\.xml)", "#-#", url) in known | DROPPED, row["id"]


@needs_shared
def test_every_section_page_of_the_list_is_carried_with_its_paging():
    for row in rows():
        source = BY_ID[row["id"]]
        ways = {*source.pages, *(page + (source.paging or "").replace("{page}", "N") for page in source.pages)}
        ways |= {page + (source.paging or "").replace("{page}", "{N}") for page in source.pages}
        for url in ADDRESS.findall(row["listing_urls"]):
            assert url in ways or "<" in url, row["id"]


@needs_shared
def test_every_example_of_the_list_is_an_article_of_its_source():
    examples = [(row["id"], url) for row in rows() for url in ADDRESS.findall(row["example_urls"]) if "..." not in url]
    assert len(examples) > 10
    for name, url in examples:
        source, parts = BY_ID[name], urlsplit(url)
        assert find(SOURCES, url) is source
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        assert re.search(source.article_pattern or "", path), url
        assert not (source.exclude_pattern and re.search(source.exclude_pattern, path)), url


@needs_shared
def test_the_family_of_a_row_is_its_entrys():
    for row in rows():
        family = re.match(r"F[1-6]", row["cms_family"])
        assert BY_ID[row["id"]].family == (family.group() if family else None), row["id"]


def test_ids_and_domains_are_unique():
    names = [name for source in SOURCES for name in (source.domain, *source.aliases)]
    assert len(set(names)) == len(names)
    assert len({source.id for source in SOURCES}) == len(SOURCES)


def test_a_source_without_a_way_in_says_so():
    for source in SOURCES:
        has_way_in = bool(source.feeds or source.pages or source.sitemaps)
        assert has_way_in or source.not_collected, source.id


def test_addresses_belong_to_their_source_and_hold_no_remarks():
    for source in SOURCES:
        for url in (*source.feeds, *source.pages, *source.sitemaps):
            assert find(SOURCES, url) is source, url
            assert not re.search(r"[\s()<>;,]|listed|verified", url), url
            assert "{" not in url.replace("{year}", "").replace("{month}", ""), url


def test_patterns_are_clean():
    for source in SOURCES:
        for pattern in filter(None, (source.article_pattern, source.exclude_pattern)):
            assert not re.search(r"guess|loose|old|exclude| ", pattern), source.id


def test_printed_names_are_the_domain_with_a_capital():
    for source in SOURCES:
        assert source.outlet == source.domain[0].upper() + source.domain[1:]


def test_provinces_before_and_after_the_merger_are_all_there():
    papers = [source for source in SOURCES if source.kind == "provincial_paper"]
    assert len({name for source in papers for name in (source.province_old or "").split("; ")}) == 63
    assert len({source.province_new for source in papers}) == 34


def test_every_province_is_a_place_and_became_the_one_it_says():
    for source in SOURCES:
        assert (source.province_old is None) == (source.province_new is None), source.id
        for before in (source.province_old or "").split("; ") if source.province_old else ():
            assert source.province_new is not None
            (then,) = provinces_in(before, day=date(2024, 6, 1))
            (now,) = provinces_in(source.province_new, day=MERGED_ON)
            assert (then.text, now.text) == (before, source.province_new)
            assert is_same_place(before, source.province_new, day=MERGED_ON), source.id


def test_a_paper_taken_over_has_a_successor_of_the_same_province():
    for source in SOURCES:
        if source.successor and source.kind == "provincial_paper":
            assert BY_ID[source.successor].province_new == source.province_new, source.id
    merged = [source for source in SOURCES if (source.note or "").startswith("Merged.")]
    assert {source.id for source in merged if not source.successor} == set()


def test_the_home_page_of_a_source_is_its_own():
    for source in SOURCES:
        if source.home:
            assert find(SOURCES, source.home) is source


@pytest.mark.parametrize(
    ("cited", "wanted"),
    [
        ("Nhandan.vn", "nhandan"),
        ("Baotanhhoa.vn", "baothanhhoa"),
        ("Baodaydung.com.vn", "baoxaydung"),
        ("Hanoimoi.com.vn", "hanoimoi"),
        ("Thuonghieucongluan.vn", "thuonghieucongluan"),
        ("https://www.sggp.org.vn/khi-khu-vuc-cong-post1.html", "sggp"),
        ("https://phuyen.baodaklak.vn/kinh-te/", "phuyen_daklak"),
        ("https://BAODAKLAK.vn/", "baodaklak"),
    ],
)
def test_a_citation_or_address_finds_its_source(cited, wanted):
    found = find(SOURCES, cited)
    assert found is not None
    assert found.id == wanted


@pytest.mark.parametrize(
    ("cited", "wanted"),
    [
        ("Báo điện tử Chính phủ", "baochinhphu"),
        ("baochinhphu.vn", "baochinhphu"),
        ("Nhandan.vn", "nhandan"),
        ("Nhân Dân điện tử", "nhandan"),
        ("BÁO NHÂN DÂN", "nhandan"),
        ("Tuổi Trẻ Online", "tuoitre"),
        ("VnExpress - Kinh Doanh", "vnexpress"),
        ("Báo Bà Rịa – Vũng Tàu", "baobariavungtau"),
        ("Báo và Phát thanh, Truyền hình Hoà Bình", "baohoabinh"),
        ("Báo Bắc Ninh", "baobacninhtv"),
        ("Sức khoẻ và Đời sống", "suckhoedoisong"),
        ("Báo Thanh tra", "thanhtra_com"),
        ("Thanh tra Chính phủ", "thanhtra_gov"),
        ("Cổng TTĐT Bộ Nội vụ", "moha"),
        ("(Plo.vn 10/12, Lê Bến)", "plo"),
        ("(Baodaydung.com.vn 10/12, Hà Lúa)", "baoxaydung"),
        ("Lê Bến (Báo Cà Mau)", "baocamau"),
        ("Báo Cà Mau (bản in)", "baocamau"),
        ("Báo Cà Mau 10/12, Lê Bến", "baocamau"),
        ("Báo Cà Mau, Lê Bến", "baocamau"),
        ("- Nguồn: bocongan.gov.vn", "bocongan"),
        ("Theo TTXVN", "vietnamplus"),
    ],
)
def test_a_printed_name_means_its_source(cited, wanted):
    found = find_named(SOURCES, cited)
    assert found is not None
    assert found.id == wanted


@pytest.mark.parametrize("cited", ["", "()", " - ", "Báo", "Báo Sông Trà", "Tạp chí", "10/12", "(, )", "http://[::1"])
def test_another_name_means_none(cited):
    assert find_named(SOURCES, cited) is None


def test_every_name_of_a_source_means_that_source():
    for source in SOURCES:
        for name in (source.domain, source.outlet, source.name, *source.names, *source.aliases):
            assert find_named(SOURCES, name) is source, name


def test_a_name_that_two_sources_bear_means_neither(tmp_path):
    second = NEW.replace("baolua", "lua").replace('"Báo Lúa"', '"Lúa Online"')
    sources = load([a_file(tmp_path, NEW + second)], shipped=False)
    assert [find_named(sources, name) for name in ("Lúa", "Báo điện tử Lúa")] == [None, None]
    assert find_named(sources, "Báo Lúa") == sources[0]
    assert find_named(sources, "Lúa Online") == sources[1]


@needs_shared
def test_every_outlet_of_the_real_issue_and_of_the_labelled_articles_is_known():
    issue = json.loads((SHARED / "bulletins" / "2023-12-11.issue.json").read_bytes())
    cited = [item["outlet"] for section in issue["sections"] for item in section["items"]]
    assert [find_named(SOURCES, outlet) for outlet in cited].count(None) == 0
    with gzip.open(SHARED / "corpus" / "labelled.jsonl.gz", "rt", encoding="utf-8") as file:
        told = {(line["outlet"], urlsplit(line["url"]).hostname) for line in map(json.loads, file) if line.get("url")}
    named = [(outlet, host) for outlet, host in told if " " in outlet or outlet == "VnExpress"]
    assert len(named) >= 7
    for outlet, host in named:
        assert find_named(SOURCES, outlet) is find(SOURCES, host or ""), outlet


@pytest.mark.parametrize("other", ["https://giabaonhandan.vn/", "https://example.com/nhandan.vn", "", "http://[::1"])
def test_other_addresses_find_none(other):
    assert find(SOURCES, other) is None


def test_an_office_adds_a_source(tmp_path):
    sources = load([a_file(tmp_path, NEW)])
    assert len(sources) == 136
    assert find(sources, "https://baolua.example/x") == sources[-1]


def test_an_office_overrides_a_source_field_by_field(tmp_path):
    text = '[[sources]]\nid = "nhandan"\ndelay = 5.0\n[sources.selectors]\ntitle = ["h1.moi"]\n'
    mended = find(load([a_file(tmp_path, text)]), "nhandan.vn")
    shipped = find(SOURCES, "nhandan.vn")
    assert mended is not None
    assert shipped is not None
    assert (mended.delay, mended.selectors.title) == (5.0, ("h1.moi",))
    assert (mended.feeds, mended.selectors.body) == (shipped.feeds, shipped.selectors.body)


def test_every_new_field_is_read(tmp_path):
    text = (
        NEW
        + """
names = ["Lúa Online"]
successor = "nhandan"
paging = "/trang-{page}.html"
most_pages = 5
home = "http://baolua.example/trang-nhat"
documents = true
[sources.selectors]
title = ["h1.moi"]
[[sources.former]]
until = 2025-01-01
selectors = { title = ["h1.cu"] }
[[sources.former]]
until = 2026-01-01
[sources.former.selectors]
title = ["h1.giua"]
[sources.rights]
text = "words"
words = 150
delay_hours = 6
pictures = "link"
[sources.tls]
name = "may-cu.baolua.example"
weak = true
"""
    )
    source = load([a_file(tmp_path, text)])[-1]
    assert (source.names, source.successor, source.home) == (
        ("Lúa Online",),
        "nhandan",
        "http://baolua.example/trang-nhat",
    )
    assert (source.paging, source.most_pages, source.documents) == ("/trang-{page}.html", 5, True)
    assert source.former == (
        Former(until=date(2025, 1, 1), selectors=Selectors(title=("h1.cu",))),
        Former(until=date(2026, 1, 1), selectors=Selectors(title=("h1.giua",))),
    )
    assert source.rights == Rights(text="words", words=150, delay_hours=6, pictures="link")
    assert source.tls == Tls(name="may-cu.baolua.example", weak=True)


def test_a_policy_is_overridden_as_a_whole(tmp_path):
    first = a_file(tmp_path, NEW + '[sources.rights]\ntext = "words"\nwords = 150\n')
    second = a_file(tmp_path, '[[sources]]\nid = "baolua"\n[sources.rights]\ndelay_hours = 2\n', "hai.toml")
    assert load([first, second])[-1].rights == Rights(delay_hours=2)


def test_a_certificate_counts_from_the_file_that_names_it(tmp_path):
    (tmp_path / "chung-thu").mkdir()
    (tmp_path / "chung-thu" / "baolua.pem").write_bytes(Path(certifi.where()).read_bytes())
    first = a_file(tmp_path, NEW + '[sources.tls]\ntrust = "baolua.pem"\n', "chung-thu/nguon.toml")
    second = a_file(tmp_path, '[[sources]]\nid = "baolua"\ndelay = 5.0\n', "hai.toml")
    assert load([first, second])[-1].tls.trust == str(tmp_path / "chung-thu" / "baolua.pem")


@pytest.mark.parametrize(("held", "said"), [(None, "No such file"), ("xin chào", "PEM"), ("hello", "PEM")])
def test_a_file_without_a_certificate_is_named(tmp_path, held, said):
    if held is not None:
        (tmp_path / "baolua.pem").write_text(held, encoding="utf-8")
    path = a_file(tmp_path, NEW + '[sources.tls]\ntrust = "baolua.pem"\n')
    with pytest.raises(CatalogueError, match=rf"source baolua, field tls\.trust: .*baolua\.pem: .*{said}"):
        load([path])


def test_successors_that_lead_in_a_circle_are_refused(tmp_path):
    text = NEW + 'successor = "lua"\n' + NEW.replace("baolua", "lua") + 'successor = "baolua"\n'
    with pytest.raises(CatalogueError, match="source baolua, field successor: leads back"):
        load([a_file(tmp_path, text)], shipped=False)


def test_a_second_file_mends_the_first(tmp_path):
    second = a_file(tmp_path, '[[sources]]\nid = "baolua"\nnot_collected = "ngừng"\n', "hai.toml")
    assert load([a_file(tmp_path, NEW), second])[-1].not_collected == "ngừng"


@pytest.mark.parametrize(
    ("text", "field", "said"),
    [
        (NEW + 'feed = ["x"]\n', "feed", "unknown"),
        (NEW + '[sources.selectors]\ntitel = ["h1"]\n', "selectors.titel", "unknown"),
        (NEW + '[sources.selectors]\ntitle = ["h1[["]\n', "selectors.title", "h1[["),
        (NEW + 'delay = "hai"\n', "delay", "Expected"),
        (NEW + "delay = -1\n", "delay", "-1"),
        (NEW + 'family = "F12"\n', "family", "F12"),
        (NEW + "article_pattern = '-(\\d+'\n", "article_pattern", "regular expression"),
        (NEW + 'aliases = ["Báo Lúa"]\n', "aliases", "host name"),
        (NEW + 'aliases = ["nhandan.vn"]\n', "aliases", "belongs to source nhandan"),
        (NEW + 'pages = ["/chinh-tri"]\n', "pages", "address"),
        (NEW + 'pages = ["https://[x/"]\n', "pages", "address"),
        (NEW + 'pages = ["https://baolua.example:0/"]\n', "pages", "address"),
        (NEW + 'names = [" "]\n', "names", "blank"),
        (NEW + 'names = ["báo nhân dân"]\n', "names", "source nhandan"),
        (NEW + 'names = ["Hà Nội Mới"]\n', "names", "source hanoimoi"),
        (NEW + 'names = "Lúa"\n', "names", "Expected"),
        (NEW + 'successor = "khong_co"\n', "successor", "khong_co"),
        (NEW + 'successor = "baolua"\n', "successor", "itself"),
        (NEW + 'paging = "?page=2"\n', "paging", "{page}"),
        (NEW + 'paging = "?page={page}&p={page}"\n', "paging", "once"),
        (NEW + 'paging = "trang-{page}"\n', "paging", "begin"),
        (NEW + 'paging = "?{so}={page}"\n', "paging", "once"),
        (NEW + 'paging = "?page={page-2}"\n', "paging", "once"),
        (NEW + "most_pages = 0\n", "most_pages", "between 1 and 20"),
        (NEW + "most_pages = 21\n", "most_pages", "between 1 and 20"),
        (NEW + "most_pages = true\n", "most_pages", "Expected"),
        (NEW + 'home = "trang-nhat"\n', "home", "address"),
        (NEW + 'documents = "co"\n', "documents", "Expected"),
        (NEW + 'not_collected = ""\n', "not_collected", "blank"),
        (NEW + '[sources.rights]\ntxt = "full"\n', "rights.txt", "unknown"),
        (NEW + '[sources.rights]\ntext = "all"\n', "rights.text", "'all' is none of full, words, link"),
        (NEW + '[sources.rights]\npictures = "no"\n', "rights.pictures", "'no' is none of print, link"),
        (NEW + '[sources.rights]\ntext = "words"\n', "rights.words", "words"),
        (NEW + "[sources.rights]\nwords = 100\n", "rights.words", "only there"),
        (NEW + '[sources.rights]\ntext = "words"\nwords = 2001\n', "rights.words", "between 1 and 2000"),
        (NEW + "[sources.rights]\ndelay_hours = 721\n", "rights.delay_hours", "between 0 and 720"),
        (NEW + "[sources.rights]\ndelay_hours = nan\n", "rights.delay_hours", "between 0 and 720"),
        (NEW + "[sources.tls]\nverify = false\n", "tls.verify", "unknown"),
        (NEW + '[sources.tls]\nname = "Báo"\n', "tls.name", "host name"),
        (NEW + "[[sources.former]]\nuntill = 2026-01-01\n", "former[0].untill", "unknown"),
        (NEW + "[[sources.former]]\nuntil = 2026-01-01\n", "former[0].selectors", "is needed"),
        (NEW + '[[sources.former]]\nuntil = "mai"\nselectors = {}\n', "former[0].until", "Invalid"),
        (
            NEW + "[[sources.former]]\nuntil = 2026-01-01\nselectors = { tile = [] }\n",
            "former[0].selectors.tile",
            "unk",
        ),
        (
            NEW + '[[sources.former]]\nuntil = 2026-01-01\nselectors = { title = ["h1[["] }\n',
            "former[0].selectors.title",
            "h1[[",
        ),
        (NEW + "[[sources.former]]\nuntil = 2026-01-01\nselectors = {}\n" * 2, "former[1].until", "not after"),
        (NEW + "rights = 3\n", "rights", "Expected"),
        (NEW + "former = [3]\n", "former[0]", "Expected"),
        (NEW.replace("provincial_paper", "blog"), "kind", "blog"),
        (NEW.replace("feeds =", "aliases = []\n#"), "feeds", "not_collected"),
        (NEW.replace('name = "Báo Lúa"', ""), "name", "is needed"),
        (NEW.replace('outlet = "Baolua.example"', ""), "outlet", "is needed"),
        (NEW + 'names = ["Nhân Dân"]\n', "names", "source nhandan"),
        (NEW + 'names = ["Nhân Dân điện tử"]\n', "names", "source nhandan"),
        (NEW + 'names = ["Tổ chức nhà nước"]\n', "names", "source tcnn"),
        (NEW + NEW, "id", "twice"),
    ],
)
def test_a_wrong_value_names_file_source_and_field(tmp_path, text, field, said):
    path = a_file(tmp_path, text)
    with pytest.raises(CatalogueError) as caught:
        load([path])
    message = str(caught.value)
    assert str(path) in message
    assert "source baolua" in message
    assert f"field {field}:" in message
    assert said in message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[sources]\n", "not TOML"),
        ('[[source]]\nid = "a"\n', "key source"),
        ('sources = "a"\n', "[[sources]]"),
        (NEW.replace('id = "baolua"', 'id = "Báo"'), "source baolua.example, field id: 'Báo' will not do"),
        (NEW.replace('id = "baolua"', ""), "field id: is needed: small letters, digits and _"),
        ('[[sources]]\nid = "nhandann"\ndelay = 5.0\n', "no shipped source of this id to override; is nhandan meant?"),
        ('[[sources]]\nid = "qqqqqqqqqqqq"\ndelay = 5.0\n', "name: is needed; there is no shipped source of this id"),
    ],
)
def test_a_wrong_file_is_named(tmp_path, text, said):
    path = a_file(tmp_path, text)
    with pytest.raises(CatalogueError) as caught:
        load([path])
    assert str(path) in str(caught.value)
    assert said in str(caught.value)


def test_a_missing_file_and_one_that_is_no_text_are_named(tmp_path):
    with pytest.raises(CatalogueError, match="cannot be read"):
        load([tmp_path / "khong-co.toml"])
    (tmp_path / "hinh.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CatalogueError, match="is not UTF-8 text; save it as UTF-8"):
        load([tmp_path / "hinh.toml"])


def test_a_file_saved_by_notepad_is_read(tmp_path):
    (tmp_path / "cua-toi.toml").write_text(NEW.replace("\n", "\r\n"), encoding="utf-8-sig", newline="")
    assert load([tmp_path / "cua-toi.toml"], shipped=False)[0].name == "Báo Lúa"


def test_a_paper_and_a_journal_of_one_name_are_two_outlets(tmp_path):
    journal = NEW.replace("baolua", "tapchilua").replace("Báo Lúa", "Tạp chí Lúa").replace("Baolua", "Tapchilua")
    further = NEW.replace("baolua", "nganhlua").replace("Báo Lúa", "Ngành Lúa").replace("Baolua", "Nganhlua")
    sources = load([a_file(tmp_path, NEW + journal)], shipped=False)
    assert [find_named(sources, name) for name in ("Báo Lúa", "Tạp chí Lúa")] == list(sources)
    with pytest.raises(CatalogueError, match="source nganhlua, field names: 'Lúa' is a name of source tapchilua"):
        load([a_file(tmp_path, journal + further + 'names = ["Lúa"]\n')], shipped=False)


def test_kinds_are_those_that_occur():
    assert {source.kind for source in SOURCES} == set(KINDS)


def test_pages_may_be_counted_from_zero(tmp_path):
    (source,) = load([a_file(tmp_path, NEW + 'paging = "-trang{page-1}"\n')], shipped=False)
    assert source.paging == "-trang{page-1}"
