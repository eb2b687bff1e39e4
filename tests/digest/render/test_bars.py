"""The drawing of a chart: every bar, name and value in it, nothing outside it, nothing run."""

import re

import pytest
from lxml import etree

from digest.model import Bar, Chart
from digest.render.bars import WIDTH, drawn_bars
from digest.render.figures import Figures, aloud, chart_lines, figures
from tests.digest.render.fakes import a_chart

SVG = {"s": "http://www.w3.org/2000/svg"}
HOSTILE = ("<script>alert('x')</script>", '" onload="x', "#panic() $x$ {{ 7*7 }}", "&amp; ]]>", "Vui 😀 行政")


def drawn(chart: Chart) -> Figures:
    return drawn_bars(figures(chart), "#c00000")


def bands(chart: Chart) -> list[etree._Element]:
    return [etree.fromstring(band["svg"]) for band in drawn(chart)["bands"]]


def words_of(band: etree._Element) -> list[str]:
    return [str(part.text) for part in band.iterfind(".//s:text", SVG)]


def bars_of(band: etree._Element) -> list[tuple[float, float]]:
    """Where each bar begins and how long it is."""
    return [(float(bar.get("x", "")), float(bar.get("width", ""))) for bar in band.iterfind(".//s:rect", SVG)]


@pytest.mark.parametrize("count", [1, 5, 6, 17, 91])
def test_every_row_is_drawn_once_and_no_band_is_taller_than_its_fellows(count: int) -> None:
    chart = a_chart(count)
    found = bands(chart)
    assert [word for band in found for word in words_of(band)] == [
        word for row in figures(chart)["rows"] for word in (row["name"], row["value"])
    ]
    sizes = [len(bars_of(band)) for band in found]
    assert sum(sizes) == count
    assert max(sizes) <= 6
    assert max(sizes) - min(sizes) <= 1


def test_bars_are_as_long_as_their_values_above_the_axis_start() -> None:
    chart = Chart(title="A", rows=tuple(Bar(name=f"{n}", value=n) for n in (60, 75, 100)), start=50, unit="%")
    lengths = [length for band in bands(chart) for _, length in bars_of(band)]
    assert lengths[1] / lengths[2] == pytest.approx(0.5, abs=0.01)
    assert lengths[0] / lengths[2] == pytest.approx(0.2, abs=0.01)


def test_bars_below_nought_run_to_the_left_of_the_others_foot() -> None:
    chart = Chart(title="A", rows=(Bar(name="Giảm", value=-2), Bar(name="Tăng", value=4)))
    (left, short), (right, long) = bars_of(bands(chart)[0])
    assert left + short == pytest.approx(right, abs=0.11)
    assert long / short == pytest.approx(2, abs=0.02)


def test_the_axis_names_its_ticks_over_their_lines() -> None:
    shown = drawn(a_chart(4))
    axis = etree.fromstring(shown["axis"])
    assert words_of(axis) == ["50%", "55%", "60%", "65%", "70%", "75%"]
    band = etree.fromstring(shown["bands"][0]["svg"])
    lines = [re.match(r"M([\d.]+) ", path.get("d", "")) for path in band.iterfind(".//s:path", SVG)]
    assert [text.get("x") for text in axis.iterfind(".//s:text", SVG)] == [line[1] for line in lines if line]


def test_where_ticks_stand_close_some_have_no_words() -> None:
    chart = Chart(title="A", rows=(Bar(name="Một cái tên khá dài để trục phải ngắn lại", value=9e11),))
    shown = words_of(etree.fromstring(drawn(chart)["axis"]))
    assert shown[0] == "0"
    assert 2 <= len(shown) < 6


def test_a_long_name_is_set_in_lines_and_one_without_end_is_cut_with_a_mark() -> None:
    names = ("Phường Đồi Chè và các xã lân cận " * 9, "x" * 300, "dài " * 1000)
    (first, *_), (word, *_), (endless, *_) = (
        (words_of(band)[:-1],) for name in names for band in bands(Chart(title="A", rows=(Bar(name=name, value=1),)))
    )
    assert " ".join(first) == names[0].strip()
    assert "".join(word) == names[1]
    assert len(endless) == 8
    assert endless[-1].endswith("…")


def test_nothing_is_drawn_outside_whatever_the_values() -> None:
    wide = tuple(Bar(name="W" * 60, value=sign * 1e12 - 0.000001) for sign in (-1, 1))
    for chart in (
        a_chart(40),
        Chart(title="A", rows=wide, decimals=6),
        Chart(title="A", rows=(Bar(name="A", value=0),)),
    ):
        for band in bands(chart):
            for x, length in bars_of(band):
                assert x >= 0
                assert length >= 0
                assert x + length <= WIDTH


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_text(words: str) -> None:
    chart = Chart(title=words, rows=(Bar(name=words, value=1),), unit="%")
    band = bands(chart)[0]
    assert "".join(words_of(band)[:-1]).replace(" ", "") == words.replace(" ", "")
    tags = {str(part.tag).rpartition("}")[2] for part in band.iter()}
    assert tags == {"svg", "path", "text", "rect"}
    assert not [name for part in band.iter() for name in part.attrib if str(name).startswith("on")]


def test_the_words_hold_all_that_the_drawing_shows() -> None:
    chart = Chart(
        title="Hồ sơ\nđúng hẹn",
        rows=(Bar(name="Sở Y tế", value=1204), Bar(name="Sở Xây dựng", value=87)),
        unit="hồ sơ",
        source="Sở Nội vụ",
        note="Sơ bộ.",
    )
    assert chart_lines(chart) == [
        "Hồ sơ đúng hẹn",
        "Sở Y tế: 1.204",
        "Sở Xây dựng: 87",
        "Đơn vị: hồ sơ.",
        "Sơ bộ.",
        "Nguồn: Sở Nội vụ",
    ]


def test_what_is_read_aloud_names_the_title_once_and_a_cut_axis() -> None:
    whole, short = figures(a_chart(12)), figures(a_chart(2, start=None))
    said = [band["aloud"] for band in drawn_bars(whole, "#c00000")["bands"]]
    assert said[0].startswith("Biểu đồ, phần 1/3: Chỉ số hài lòng của 12 xã. Trục bắt đầu từ 50%. Phường Đồi Chè")
    assert said[2].startswith("Biểu đồ, phần 3/3. ")
    assert all(f"{row['name']}: {row['value']}" in " ".join(said) for row in whole["rows"])
    assert aloud(short, short["rows"]).startswith("Biểu đồ: Chỉ số hài lòng của 2 xã. Phường")


def test_lengths_without_an_axis_compare_from_nought_and_are_left_out_below_it() -> None:
    chart = Chart(title="A", rows=(Bar(name="A", value=50), Bar(name="B", value=100)), start=50)
    assert [row["length"] for row in figures(chart)["rows"]] == [0.5, 1.0]
    below = Chart(title="A", rows=(Bar(name="A", value=-1), Bar(name="B", value=2)))
    assert [row["length"] for row in figures(below)["rows"]] == [0.0, 0.0]
    assert [row["length"] for row in figures(Chart(title="A", rows=(Bar(name="A", value=0),)))["rows"]] == [0.0]


def drawn_at(path: str, height: float) -> bool:
    """Whether a tick's line, in pieces such as `M210.0 20V40V60`, runs at this height."""
    for piece in path.split("M")[1:]:
        start, *ends = (float(part.rpartition(" ")[2]) for part in piece.split("V"))
        if ends and start <= height <= ends[-1]:
            return True
    return False


def test_no_tick_s_line_runs_through_a_value() -> None:
    missing = 0
    for band in bands(a_chart(40, start=50.0)):
        lines = [str(path.get("d")) for path in band.iterfind(".//s:path", SVG)]
        values = [text for text in band.iterfind(".//s:text", SVG) if text.get("text-anchor") is None]
        for text in values:
            left, middle = float(str(text.get("x"))), float(str(text.get("y"))) - 5
            over = [line for line in lines if left < float(line[1:].partition(" ")[0]) < left + 30]
            assert not any(drawn_at(line, middle) for line in over)
            missing += len(over)
    assert missing > 5
