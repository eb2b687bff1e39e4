"""`sources list` and `sources show`: the catalogue in words and as JSON."""

import json
from datetime import date

import pytest

from digest.cli.outlet_words import explain
from digest.model import Rights
from scrapers.catalogue import load
from scrapers.source import Former, Selectors, Tls
from tests.scrapers.fakes import a_source

SOURCES = {source.id: source for source in load()}


def said(**fields):
    """What is said of a source, by label."""
    source = a_source(**({"domain": "baolua.example", "allow_private": False} | fields))
    return spoken(explain(source, SOURCES | {source.id: source}))


def spoken(text):
    parts: dict[str, list[str]] = {}
    label = ""
    for line in text.splitlines()[1:]:
        label = line[2:17].strip() or label
        parts.setdefault(label, []).append(line[17:])
    return parts


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_every_source_can_be_explained(source):
    text = explain(source, SOURCES)
    assert text.startswith(f"{source.id}: {source.name}, a")
    for url in (*source.feeds, *source.pages, *source.sitemaps):
        assert f" {url}" in text
    assert "None" not in text


def test_what_it_is_called_and_where_it_is_from():
    told = said(names=("Lúa Online",), aliases=("lua.example",), province_old="Hà Giang", province_new="Tuyên Quang")
    assert told["printed as"] == ["Baolua.example"]
    assert told["also cited as"] == ["Lúa Online"]
    assert told["addresses"] == ["baolua.example, lua.example"]
    assert told["place"] == ["Tuyên Quang (before 1/7/2025: Hà Giang)"]
    assert said(province_old="Huế", province_new="Huế")["place"] == ["Huế"]
    assert said(province_old="Huế")["place"] == ["Huế (before 1/7/2025)"]
    assert "place" not in said()


def test_who_took_it_over_and_why_it_is_not_collected():
    told = said(successor="nhandan", not_collected="ngừng")
    assert told["taken over by"] == ["nhandan: Báo Nhân Dân"]
    assert told["collected"] == ["no: ngừng"]
    assert "found through" not in told


def test_how_it_is_found():
    told = said(
        feeds=("https://baolua.example/rss",),
        pages=("https://baolua.example/chinh-tri",),
        paging="?page={page}",
        most_pages=4,
        sitemaps=("https://baolua.example/sitemap.xml",),
    )
    assert told["found through"] == [
        "feed https://baolua.example/rss",
        "section page https://baolua.example/chinh-tri, up to 4 pages (?page={page})",
        "where these bring nothing: sitemap https://baolua.example/sitemap.xml",
        "where nothing else brings a link: home page https://baolua.example/",
    ]
    alone = said(sitemaps=("https://baolua.example/sitemap.xml",), allow_private=True)
    assert alone["found through"] == ["sitemap https://baolua.example/sitemap.xml"]
    first = said(pages=("https://baolua.example/a",), most_pages=1, home="https://baolua.example/a")
    assert first["found through"] == ["section page https://baolua.example/a, its first page"]


def test_what_counts_as_an_article():
    told = said(article_pattern=r"-\d+", exclude_pattern="-event", key_parameters=("id", "so"), documents=True)
    assert told["an article has"] == [
        r"an address that matches -\d+",
        "none that matches -event",
        "an identity of its address with the parameters id, so",
        "or the address of a PDF, Word or text file",
    ]
    assert said(documents=True)["an article has"] == [
        "an address that looks like an article's",
        "or the address of a PDF, Word or text file",
    ]
    assert "an article has" not in said()


def test_how_it_is_read_now_and_was_read_before():
    former = (
        Former(until=date(2025, 1, 1), selectors=Selectors(title=("h1.cu",))),
        Former(until=date(2026, 1, 1), selectors=Selectors(title=("h1.giua",), body=(".giua",))),
    )
    told = said(family="F2", selectors=Selectors(body=("#bai",), drop=(".qc",)), former=former)
    assert told["read by"][:4] == [
        "selectors of its own for body, drop",
        "on pages fetched before 2026-01-01: selectors for title, body",
        "on pages fetched before 2025-01-01: selectors for title",
        "then the selectors of family F2",
    ]
    assert said()["read by"][0].startswith("what its markup shows")


@pytest.mark.parametrize(
    ("rights", "words"),
    [
        (Rights(), "the whole text"),
        (Rights(text="link", delay_hours=3), "headline, source line and link"),
        (Rights(text="words", words=90), "the first 90 words, in whole sentences"),
        (Rights(delay_hours=2.5), "the whole text; headline, source line and link until 2.5 h after publication"),
    ],
)
def test_what_may_be_printed(rights, words):
    assert said(rights=rights)["may be printed"] == [words]


def test_what_is_excepted():
    told = said(
        delay=0.5,
        feed_month_first=True,
        allow_private=True,
        tls=Tls(trust="/etc/baolua.pem", name="may-cu.example", weak=True),
    )
    assert told["asked"] == ["one request at a time, 0.5 s apart, as its robots.txt allows"]
    assert told["exceptions"] == [
        "its feeds write the month before the day",
        "may lie at a private address",
        "TLS: certificates in /etc/baolua.pem are trusted as well",
        "TLS: its certificate may be made out to may-cu.example",
        "TLS: short keys of an old server pass",
    ]
    assert said()["exceptions"] == ["none"]


def test_show_explains_a_source_by_its_id_its_domain_or_its_name(diembao):
    status, out, err = diembao("sources", "show", "nhandan")
    assert (status, out, err) == (0, explain(SOURCES["nhandan"], SOURCES) + "\n", "")
    assert diembao("sources", "show", "Nhandan.vn")[1] == out
    assert diembao("sources", "show", "Báo Nhân Dân")[1] == out


def test_show_gives_every_field_as_json(diembao):
    shown = json.loads(diembao("sources", "show", "nhandan", "--json")[1])
    assert shown["paging"] == "?page={page}"
    assert shown["rights"] == {"text": "full", "words": None, "delay_hours": 0.0, "pictures": "print"}


def test_an_unknown_source_is_wrong_use(diembao):
    status, out, err = diembao("sources", "show", "khong-co")
    assert (status, out) == (2, "")
    assert "source khong-co: not in the catalogue" in err


def test_list_has_a_line_for_each_source_and_counts_those_collected(diembao):
    status, out, err = diembao("sources", "list")
    collected = sum(source.not_collected is None for source in SOURCES.values())
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()] == list(SOURCES)
    assert err == f"135 outlets, {collected} of them collected\n"
    lines = diembao("sources", "list", "--json")[1].splitlines()
    assert [json.loads(line)["id"] for line in lines] == list(SOURCES)
