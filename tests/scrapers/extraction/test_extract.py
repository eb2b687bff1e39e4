"""Pages of every family, with their systems' markup and traps and our own text: each field as the JSON beside says."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from scrapers.dom import Dom
from scrapers.extraction.extract import FLAGS, extract
from scrapers.extraction.families import family_of
from scrapers.markup import decode, parse
from scrapers.source import Source
from tests.fakes import at

PAGES = Path(__file__).with_name("pages")
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))


def the_page(name: str) -> tuple[bytes, dict[str, Any]]:
    return (PAGES / f"{name}.html").read_bytes(), json.loads((PAGES / f"{name}.json").read_text())


def the_source(told: dict[str, Any]) -> Source | None:
    known = told.get("source")
    return Source(**{**known, "aliases": tuple(known["aliases"])}) if known else None


@pytest.mark.parametrize("name", NAMES)
def test_a_page_of_each_family_is_read_without_fault(name: str) -> None:
    body, told = the_page(name)
    fetched = at(told.get("fetched", "2026-03-20 05:00"))
    article = extract(body, url=told["url"], source=the_source(told), fetched=fetched)
    assert {
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "sapo": article.sapo,
        "paragraphs": [list(pair) for pair in zip(article.kinds, article.paragraphs, strict=True)],
        "images": [[image.src, image.caption] for image in article.images],
        "author": article.author,
        "author_note": article.author_note,
        "published": article.published,
        "rubric": article.rubric,
        "tags": list(article.tags),
        "flags": list(article.flags),
    } == {
        "url": told.get("address", told["url"]),
        "published": datetime.fromisoformat(told["published"]),
        **{
            field: told[field]
            for field in (
                "outlet",
                "title",
                "sapo",
                "paragraphs",
                "images",
                "author",
                "author_note",
                "rubric",
                "tags",
                "flags",
            )
        },
    }
    assert article.fetched == fetched
    assert set(article.flags) <= set(FLAGS)


@pytest.mark.parametrize("name", NAMES)
def test_a_family_is_known_by_its_markup(name: str) -> None:
    body, told = the_page(name)
    tree = parse(decode(body))
    assert tree is not None
    family = family_of(told["url"], Dom(tree), at(told.get("fetched", "2026-03-20 05:00")).date())
    assert (family.key if family else None) == told["family"]
