"""Charts read back from words, and drawings among lines."""

import pytest

from digest.bulletin.chart_words import chart_of_aloud, chart_of_lines
from digest.bulletin.drawn import Piece, with_charts
from digest.bulletin.lines import Line
from digest.model import Bar, Chart

ROWS = (Bar(name="Xã Gò: Sậy", value=1234.5), Bar(name="Bản Mây", value=-2))


def test_lines_of_a_chart_are_one():
    lines = ["Hồ sơ đúng hẹn", "Xã Gò: Sậy: 1.234,5", "Bản Mây: -2,0", "Đơn vị: nghìn.", "Theo kỳ", "Nguồn: Tỉnh"]
    assert chart_of_lines(lines) == Chart(
        title="Hồ sơ đúng hẹn", rows=ROWS, unit="nghìn", note="Theo kỳ", source="Tỉnh"
    )
    per_cent = chart_of_lines(["Đúng hẹn", "Bản Mây: 98,50%"])
    assert per_cent == Chart(title="Đúng hẹn", rows=(Bar(name="Bản Mây", value=98.5),), unit="%", decimals=2)


@pytest.mark.parametrize(
    "lines",
    [
        ["Một mình"],
        ["Hai việc", "Rà soát mẫu đơn", "Niêm yết phí"],
        ["Bản Mây: 2", "Xã Gò: 3"],
        ["Lẫn lộn", "Bản Mây: 2", "Xã Gò: 3%"],
        ["Nhiều lời", "Bản Mây: 2", "một", "hai"],
        ["Quá nhiều lời", "Bản Mây: 2", "một", "hai", "ba", "bốn"],
    ],
)
def test_other_lines_are_no_chart(lines):
    assert chart_of_lines(lines) is None


SAID = "Biểu đồ: Đúng hẹn. Trục bắt đầu từ 50%. Bản Mây: 98,5%; Xã Lau: 97%."


def test_what_is_said_aloud_tells_the_axis_too():
    chart = chart_of_aloud("Đúng hẹn", [SAID], [])
    assert chart is not None
    assert (chart.start, [bar.value for bar in chart.rows]) == (50.0, [98.5, 97.0])
    assert chart_of_aloud("Đúng hẹn", ["Quầy một cửa"], []) is None
    assert chart_of_aloud("Đúng hẹn", ["Biểu đồ: Đúng hẹn. Không có số."], []) is None


def test_a_drawing_takes_the_place_of_its_title_and_a_picture_none():
    title, text = Line(text="Đúng hẹn", kind="h"), Line(text="Một câu.")
    note = Piece(below=("Xếp theo điểm của", "năm trước", "Nguồn: Tỉnh"))
    made = with_charts([Piece(line=text), Piece(line=title), Piece(aloud=SAID), note, Piece(line=text)])
    assert [line.text for line in made] == ["Một câu.", "Đúng hẹn", "Một câu."]
    assert made[1].chart is not None
    assert (made[1].chart.note, made[1].chart.source) == ("Xếp theo điểm của năm trước", "Tỉnh")
    assert with_charts([Piece(line=text), Piece(aloud="Quầy một cửa"), Piece(below=("Ảnh: Lê Bến",))]) == [text]


def test_a_drawing_that_cannot_be_read_leaves_its_title():
    title = Line(text="Chỉ số khác")
    assert with_charts([Piece(line=title), Piece(aloud="Biểu đồ: Chỉ số khác. Không có số.")]) == [title]
    assert with_charts([Piece(aloud=SAID)]) == []
