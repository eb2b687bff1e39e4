import re
from collections import Counter
from pathlib import Path

import pytest

from digest.errors import CatalogueError
from scrapers import catalogue
from scrapers.catalogue import FOLDER, SHIPPED, find, load

SOURCES = load()

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
        (NEW.replace("provincial_paper", "blog"), "kind", "blog"),
        (NEW.replace("feeds =", "aliases = []\n#"), "feeds", "not_collected"),
        (NEW.replace('name = "Báo Lúa"', ""), "name", "missing"),
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
        (NEW.replace('id = "baolua"', 'id = "Báo"'), "source baolua.example, field id"),
        (NEW.replace('id = "baolua"', ""), "field id"),
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
    with pytest.raises(CatalogueError, match="not TOML"):
        load([tmp_path / "hinh.toml"])


def test_kinds_are_those_that_occur():
    assert {source.kind for source in SOURCES} == set(catalogue.KINDS)
