"""How many items issues print, as charts."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from digest.counts import by_day, by_outlet, by_province, by_section
from digest.model import Chart, Issue, Section
from tests.digest.render.fakes import DAY, an_issue, an_item, issue_of


def rows_of(chart: Chart | None) -> list[tuple[str, float]]:
    assert chart is not None
    return [(row.name, row.value) for row in chart.rows]


def test_sections_stand_in_the_order_of_print() -> None:
    late = issue_of(an_item(1))
    late = replace(
        late,
        date=DAY + timedelta(days=1),
        sections=(*late.sections, Section(key="rieng", title="RIÊNG", items=(an_item(2),))),
    )
    early = replace(an_issue(3, 5), sections=an_issue(3, 5).sections[1:])
    chart = by_section([early, late])
    assert chart is not None
    assert rows_of(chart) == [
        ("CHỦ TRƯƠNG CẢI CÁCH", 1),
        ("CẢI CÁCH ĐỊA PHƯƠNG", 1),
        ("LĨNH VỰC CẢI CÁCH", 1),
        ("RIÊNG", 1),
    ]
    assert chart.title == "Số tin, bài theo mục, từ 02/03/2026 đến 03/03/2026"
    assert (chart.unit, chart.decimals) == ("tin, bài", 0)


def test_an_item_counts_for_each_of_its_provinces_the_most_named_first() -> None:
    places = (("Đà Nẵng",), ("Huế", "Đà Nẵng"), ("An Giang",), ())
    items = (an_item(number, provinces=names) for number, names in enumerate(places, 1))
    chart = by_province([issue_of(*items)])
    assert rows_of(chart) == [("Đà Nẵng", 2), ("An Giang", 1), ("Huế", 1)]
    assert chart is not None
    assert chart.title == "Số tin, bài theo địa phương, ngày 02/03/2026"
    assert chart.note == "1 tin, bài không gắn với địa phương nào."


def test_one_outlet_in_two_spellings_is_one_and_the_tail_is_one_bar() -> None:
    names = ("Baolua.example", "baolua.example", "Bengio.example", "Cauda.example", None)
    issue = issue_of(*(an_item(number, outlet=name) for number, name in enumerate(names, 1)))
    chart = by_outlet([issue])
    assert rows_of(chart) == [("Baolua.example", 2), ("Bengio.example", 1), ("Cauda.example", 1)]
    assert chart is not None
    assert chart.note == "1 tin, bài không ghi tên báo."
    assert rows_of(by_outlet([issue], at_most=2)) == [("Baolua.example", 2), ("2 báo khác", 2)]


def test_days_stand_in_their_order_and_only_an_issue_s_last_version_counts() -> None:
    first = an_issue(3)
    corrected = replace(an_issue(2), version=2)
    before = replace(an_issue(4), date=DAY - timedelta(days=3))
    assert rows_of(by_day([corrected, first, before])) == [("27/02/2026", 4), ("02/03/2026", 2)]


def test_of_more_days_than_two_pages_hold_the_last_are_shown() -> None:
    chart = by_day([replace(an_issue(1), date=DAY + timedelta(days=place)) for place in range(100)])
    assert len(rows_of(chart)) == 90
    assert chart is not None
    assert chart.title == "Số tin, bài theo ngày phát hành, từ 12/03/2026 đến 09/06/2026"


@pytest.mark.parametrize("counted", [by_section, by_province, by_outlet, by_day])
def test_nothing_to_count_is_no_chart(counted: Callable[[Sequence[Issue]], Chart | None]) -> None:
    assert counted([]) is None
    assert counted([Issue(profile="cchc", date=DAY)]) is None


def test_an_issue_that_was_recalled_counts_no_more() -> None:
    recalled = replace(an_issue(2), version=2, status="recalled")
    before = replace(an_issue(4), date=DAY - timedelta(days=3))
    assert rows_of(by_day([an_issue(3), recalled, before])) == [("27/02/2026", 4)]
    chart = by_section([recalled, before])
    assert chart is not None
    assert chart.title.endswith("ngày 27/02/2026")
    assert by_outlet([recalled]) is None
