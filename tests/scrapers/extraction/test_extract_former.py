"""Selectors hold for a time: a page is read with those of the day it was fetched."""

from datetime import date, datetime
from pathlib import Path

import pytest

from scrapers.extraction.extract import extract
from scrapers.extraction.families import FAMILIES, selectors_on
from scrapers.source import Former, Selectors, Source
from tests.fakes import at

PAGES = Path(__file__).with_name("pages")
URL = "https://songchau.example/tin/ha-chau-dua-mot-cua-ve-cum-xa-412077.html"
FIRST = "Điểm tiếp nhận hồ sơ đầu tiên mở tại nhà văn hóa thôn Bến Mới, làm việc cả sáng thứ Bảy."
SECOND = "Hồ sơ được số hóa ngay tại quầy, bản giấy chỉ phải nộp một lần duy nhất."
NOW = Selectors(title=("h1.nay",), body=("div.nay",))
OLD = Selectors(title=("h1.xua",), body=("div.xua",))
OLDEST = Selectors(title=("h1.rat-xua",), body=("div.rat-xua",))
SOURCE = Source(
    id="songchau",
    name="Báo Sông Châu",
    domain="songchau.example",
    outlet="Songchau.example",
    kind="provincial_paper",
    selectors=NOW,
    former=(Former(until=date(2024, 7, 1), selectors=OLD), Former(until=date(2019, 1, 1), selectors=OLDEST)),
)
# Every template's elements at once: which of them is read depends on the day alone.
PAGE = f"""<html><body><h1 class="nay">Tít của hôm nay</h1><h1 class="xua">Tít của mẫu cũ</h1>
<h1 class="rat-xua">Tít của mẫu cũ nhất</h1><div class="nay"><p>{FIRST}</p></div>
<div class="xua"><p>{SECOND}</p></div><div class="rat-xua"><p>{FIRST}</p><p>{SECOND}</p></div></body></html>"""


@pytest.mark.parametrize(
    ("fetched", "title", "paragraphs"),
    [
        (None, "Tít của hôm nay", (FIRST,)),
        (at("2026-03-20 05:00"), "Tít của hôm nay", (FIRST,)),
        (at("2024-07-01 00:00"), "Tít của hôm nay", (FIRST,)),
        (datetime.fromisoformat("2024-06-30T23:30:00+00:00"), "Tít của hôm nay", (FIRST,)),
        (at("2024-06-30 23:59"), "Tít của mẫu cũ", (SECOND,)),
        (at("2019-01-01 00:00"), "Tít của mẫu cũ", (SECOND,)),
        (at("2018-12-31 23:59"), "Tít của mẫu cũ nhất", (FIRST, SECOND)),
    ],
)
def test_a_source_s_selectors_are_those_of_the_day_in_viet_nam(
    fetched: datetime | None, title: str, paragraphs: tuple[str, ...]
) -> None:
    article = extract(PAGE.encode(), url=URL, source=SOURCE, fetched=fetched)
    assert (article.title, article.paragraphs) == (title, paragraphs)


def test_earlier_selectors_are_followed_by_today_s() -> None:
    assert selectors_on(SOURCE.former, NOW, date(2020, 1, 1)) == (OLD, NOW)
    assert selectors_on(SOURCE.former, NOW, None) == (NOW,)
    page = PAGE.replace('class="xua"', 'class="khac"')
    assert extract(page.encode(), url=URL, source=SOURCE, fetched=at("2020-01-01 08:00")).title == "Tít của hôm nay"


def test_a_family_s_earlier_template_is_known_in_its_time_alone() -> None:
    body = (PAGES / "f3_former.html").read_bytes()
    url = "https://bx.example/ben-xuong-lap-to-ho-so-luu-dong-20220514073512345.htm"
    then = extract(body, url=url, fetched=at("2022-05-14 09:00"))
    now = extract(body, url=url, fetched=at("2026-03-20 05:00"))
    assert "generic" not in then.flags
    assert "generic" in now.flags
    assert then.author == "GIANG NAM"


def test_former_selectors_of_families_are_in_no_layer_of_today() -> None:
    for family in FAMILIES.values():
        assert selectors_on(family.former, family.selectors, None) == (family.selectors,)
