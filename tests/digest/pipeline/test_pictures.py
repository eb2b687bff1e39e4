"""The pictures of an issue, from a real web into a real database."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from digest.issue import all_rights
from digest.model import Article, Image, Issue, Rights
from digest.pictures import items_of
from digest.pipeline.collecting import Collecting
from digest.pipeline.pictures import Pictured, Printing, picture_issue, printing_of
from digest.profile import Layout, load
from digest.wire import content_hash
from scrapers.source import Source
from storage import runs
from storage.database import begin, open_database, reading
from storage.pictures import picture_by_hash, pictures_of
from storage.schema import PictureRow
from tests.fakes import at
from tests.scrapers.fakes import Web, a_source, a_web, breaks_off
from tests.scrapers.pictures.makers import PAGE, SVG, a_png_that_says, a_scene, opened, written
from tests.storage.fakes import DAY, an_issue, an_item

NOW = at("2026-03-02 07:30")
ITEM = "http://127.0.0.1/a1"  # at the source's address


@pytest.fixture
def web() -> Iterator[Web]:
    with a_web() as running:
        yield running


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'diembao.db'}")
    yield engine
    engine.dispose()


def of(*sources: str, **fields: object) -> Issue:
    """An issue of one item with these pictures."""
    images = tuple(Image(src=src, caption="Họp bản - Ảnh: Lê Bến") for src in sources)
    return an_issue(an_item(1, images=images, **({"url": ITEM} | fields)))


def pictured(
    engine: Engine, issue: Issue, *sources: Source, each: int = 1, allowed: Rights | None = None, online: bool = True
) -> Pictured:
    def rights(_article: Article) -> Rights:
        return allowed or Rights()

    with begin(engine) as session:
        run = runs.start_run(session, day=DAY, profile="cchc", moment=NOW)
    printing = Printing(each=each, millimetres=165, rights=rights)
    known = sources or (a_source(),)
    collecting = Collecting(sources=known, contact="bantin@tinh.example", clock=lambda: NOW) if online else None
    return picture_issue(engine, issue, printing, collecting, run=run)


def failures(engine: Engine) -> list[tuple[str, str, bool]]:
    with reading(engine) as session:
        return [
            (failure.stage, failure.kind, failure.permanent)
            for run in range(1, 9)
            for failure in runs.failures_of(session, run)
        ]


def test_two_pictures_an_item_are_printed_as_wide_as_the_text_where_the_profile_says_so():
    monthly, daily = load("ban-tin-thang"), load("cchc")
    assert printing_of(daily, all_rights).each == 0
    printing = printing_of(replace(monthly, layout=Layout(paper="19x27", margin_left=25, margin_right=15)), all_rights)
    assert (printing.each, printing.millimetres) == (2, 150)


def test_an_items_picture_is_kept_and_named_with_its_credit(web: Web, engine: Engine):
    issue = of(web.gives("/anh.jpg", written(a_scene(2000, 1500))))
    made = pictured(engine, issue)
    (item,) = items_of(made.issue)
    kept = item.images[0].kept
    assert kept is not None
    assert (kept.width, kept.height, kept.credit) == (1299, 974, "Lê Bến")
    assert (made.fetched, made.known, made.troubles, item.flags) == (1, 0, (), ())
    assert made.issue.hash == content_hash(made.issue)
    with reading(engine) as session:
        picture = pictures_of(session, made.issue)[item.images[0].src]
        assert picture_by_hash(session, kept.sha256) == picture
    assert opened(picture.data).size == (1299, 974)


def test_a_run_again_asks_for_nothing_and_makes_the_same_issue(web: Web, engine: Engine):
    issue = of(web.gives("/anh.jpg", written(a_scene())), web.gives("/ve.svg", SVG))
    first = pictured(engine, issue, each=2)
    asked = len(web.asked)
    again = pictured(engine, issue, each=2)
    assert len(web.asked) == asked
    assert again.issue == first.issue
    assert (first.fetched, first.known, again.fetched, again.known) == (1, 0, 0, 1)
    assert [trouble.kind for trouble in first.troubles] == ["drawing"]
    assert again.troubles == ()
    assert failures(engine) == [("pictures", "drawing", True)]


def test_without_a_network_only_what_is_kept_is_printed(web: Web, engine: Engine):
    issue = of(web.gives("/anh.jpg", written(a_scene())))
    assert items_of(pictured(engine, issue, online=False).issue).__next__().images[0].kept is None
    assert web.asked == []
    online = pictured(engine, issue)
    assert pictured(engine, issue, online=False).issue == online.issue


def test_the_next_picture_takes_the_place_of_one_that_cannot_be_had(web: Web, engine: Engine):
    logo = web.gives("/dau.png", written(a_scene(60, 60), "PNG"))
    gone = web.base + "/mat.jpg"
    good = web.gives("/anh.jpg", written(a_scene()))
    made = pictured(engine, of(logo, gone, good))
    (item,) = items_of(made.issue)
    assert [image.kept is not None for image in item.images] == [False, False, True]
    assert [trouble.kind for trouble in made.troubles] == ["ornament", "not-found"]
    assert item.flags == ()


def test_an_item_without_any_picture_that_can_be_had_is_flagged_and_asks_no_further(web: Web, engine: Engine):
    bad = [web.base + f"/{number}.jpg" for number in range(5)]
    made = pictured(engine, of(*bad, web.gives("/anh.jpg", written(a_scene()))))
    (item,) = items_of(made.issue)
    assert item.flags == ("no-picture",)
    assert [trouble.subject for trouble in made.troubles] == bad[:3]
    assert [trouble.subject for trouble in pictured(engine, made.issue).troubles] == bad[3:]  # they are gone for good
    assert pictured(engine, made.issue).known == 1


def test_an_issue_of_hostile_pictures_is_made_whole_and_each_of_them_told(web: Web, engine: Engine):
    bad = {
        web.gives("/ve.svg", SVG): "drawing",
        web.gives("/rong.png", a_png_that_says(40_000, 600)): "too-large",
        web.gives("/bom.png", a_png_that_says(30_000, 30_000, bytes(5_000_000))): "too-large",
        web.gives("/cut.jpg", written(a_scene())[:9000]): "damaged",
        web.gives("/trang.jpg", PAGE, Content_Type="image/jpeg"): "not-a-picture",
    }
    good = web.gives("/dong.gif", written(a_scene(), "GIF", save_all=True, append_images=[a_scene().rotate(180)]))
    items = [replace(next(items_of(of(src))), number=number) for number, src in enumerate([*bad, good], 1)]
    made = pictured(engine, an_issue(*items))
    assert {trouble.subject: trouble.kind for trouble in made.troubles} == bad
    shown = list(items_of(made.issue))
    assert [item.images[0].kept is not None for item in shown] == [False] * len(bad) + [True]
    assert [item.flags for item in shown] == [("no-picture",)] * len(bad) + [()]
    assert [item.paragraphs for item in shown] == [item.paragraphs for item in items]


def test_a_passing_fault_is_asked_for_again_by_the_next_run(web: Web, engine: Engine):
    url = web.does("/anh.jpg", breaks_off)
    assert [trouble.kind for trouble in pictured(engine, of(url)).troubles] == ["broken"]
    web.gives("/anh.jpg", written(a_scene()))
    assert pictured(engine, of(url)).fetched == 1
    assert failures(engine) == [("pictures", "broken", False)]


def test_the_same_bytes_at_two_addresses_are_kept_once(web: Web, engine: Engine):
    body = written(a_scene())
    made = pictured(engine, of(web.gives("/1.jpg", body), web.gives("/2.jpg", body)), each=2)
    assert made.fetched == 2
    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(PictureRow)) == 1


@pytest.mark.parametrize("allowed", [Rights(text="words", words=60), Rights(text="link"), Rights(pictures="link")])
def test_an_outlet_that_does_not_lend_its_pictures_is_not_asked_for_them(web: Web, engine: Engine, allowed: Rights):
    made = pictured(engine, of(web.gives("/anh.jpg", written(a_scene()))), allowed=allowed)
    assert web.asked == []
    assert (made.fetched, next(items_of(made.issue)).flags) == (0, ())


def test_a_profile_without_pictures_asks_for_none(web: Web, engine: Engine):
    issue = of(web.gives("/anh.jpg", written(a_scene())))
    assert pictured(engine, issue, each=0).issue.hash == content_hash(issue)
    assert web.asked == []


def test_a_source_that_is_not_collected_is_not_asked_for_pictures(web: Web, engine: Engine):
    url = web.gives("/anh.jpg", written(a_scene()))
    assert pictured(engine, of(url), a_source(not_collected="từ chối")).fetched == 0
    assert web.asked == []


def test_a_private_address_is_refused_where_no_source_opts_in(web: Web, engine: Engine):
    url = web.gives("/anh.jpg", written(a_scene()))
    unknown = pictured(engine, of(url, url="https://laxa.example/bai-1"))
    assert [trouble.kind for trouble in unknown.troubles] == ["refused-address"]
    own = pictured(engine, of(url + "?2", url=None, origin="own"))
    assert [trouble.kind for trouble in own.troubles] == ["refused-address"]
    assert web.asked == []
