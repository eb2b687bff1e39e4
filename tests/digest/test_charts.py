"""Charts from pasted tables, and charts of an issue going out and coming back."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.charts import chart_from_table, with_chart
from digest.errors import InputError
from digest.model import Bar, Chart, Issue
from digest.text import one_line
from digest.wire import content_hash, dump, dumps, issue_from, parse
from tests.digest.render.fakes import a_chart, an_issue, an_item, issue_of


def rows_of(chart: Chart) -> list[tuple[str, float]]:
    return [(row.name, row.value) for row in chart.rows]


def test_a_table_from_word_becomes_a_chart() -> None:
    pasted = (
        "Chỉ số hài lòng cấp huyện\r\n\r\n"
        "Huyện Suối Vàng\t80,31%\r\nThành phố Bến Lau\t94,9 %\r\n"
        "Trục từ: 50%\r\nNguồn: Sở Nội vụ tỉnh Hạ Nguồn\r\nGhi chú: Xếp từ thấp đến cao.\r\n"
    )
    assert chart_from_table(pasted) == Chart(
        title="Chỉ số hài lòng cấp huyện",
        rows=(Bar(name="Huyện Suối Vàng", value=80.31), Bar(name="Thành phố Bến Lau", value=94.9)),
        unit="%",
        start=50.0,
        decimals=2,
        source="Sở Nội vụ tỉnh Hạ Nguồn",
        note="Xếp từ thấp đến cao.",
    )


@pytest.mark.parametrize(
    ("cell", "value", "decimals", "unit"),
    [
        ("95,37%", 95.37, 2, "%"),
        ("95,30", 95.3, 2, ""),
        ("81.41%", 81.41, 2, "%"),
        ("1.234", 1234, 0, ""),
        ("1.234.567 hồ sơ", 1234567, 0, "hồ sơ"),
        ("1.234,5", 1234.5, 1, ""),
        ("12 345", 12345, 0, ""),
        ("12\u00a0345 m²", 12345, 0, "m²"),
        ("0,123", 0.123, 3, ""),
        ("0.123", 0.123, 3, ""),
        ("-3,31%", -3.31, 2, "%"),
        ("−3,31", -3.31, 2, ""),
        ("+ 2,5", 2.5, 1, ""),
        ("0", 0, 0, ""),
    ],
)
def test_a_figure_is_read_as_it_is_written_here(cell: str, value: float, decimals: int, unit: str) -> None:
    chart = chart_from_table(f"Sở Y tế\t{cell}", title="Biểu đồ")
    assert (chart.rows[0].value, chart.decimals, chart.unit) == (value, decimals, unit)


@pytest.mark.parametrize("line", ["Sở Y tế\t91,46%", "Sở Y tế;91,46%", "Sở Y tế ; 91,46 %", "Sở Y tế   91,46%"])
def test_a_tab_a_semicolon_or_two_blanks_part_name_and_value(line: str) -> None:
    chart = chart_from_table(f"Kết quả năm 2025\n{line}")
    assert (chart.title, rows_of(chart), chart.unit) == ("Kết quả năm 2025", [("Sở Y tế", 91.46)], "%")


def test_a_column_of_counts_and_column_heads_are_passed_over() -> None:
    chart = chart_from_table("Kết quả\nSTT\tĐơn vị\tHồ sơ (nghìn)\n1\tSở Y tế\t12\n2.\tSở Xây dựng\t7")
    assert rows_of(chart) == [("Sở Y tế", 12), ("Sở Xây dựng", 7)]
    assert chart.unit == "nghìn"


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("Đơn vị\tNăm 2025", ""),
        ("Đơn vị\t2025", ""),
        ("STT\tTên đơn vị\tChỉ số năm 2025 (%)", "%"),
        ("Địa phương\tQuý 1/2026", ""),
        ("\tĐiểm (tối đa 100)", ""),
        ("Đơn vị;(%)", "%"),
        ("Đơn vị        Tỷ lệ", ""),
    ],
)
def test_a_column_s_head_may_name_a_year_or_a_unit(head: str, unit: str) -> None:
    chart = chart_from_table(f"Kết quả\n{head}\nSở Y tế\t12\nSở Xây dựng\t7")
    assert (rows_of(chart), chart.unit) == ([("Sở Y tế", 12), ("Sở Xây dựng", 7)], unit)


def test_years_are_names_like_others() -> None:
    assert rows_of(chart_from_table("Kết quả\n2024\t80,5\n2025\t2026")) == [("2024", 80.5), ("2025", 2026)]
    assert rows_of(chart_from_table("Kết quả\nSở Y tế\t2025\nTỉnh\t7")) == [("Sở Y tế", 2025), ("Tỉnh", 7)]


@pytest.mark.parametrize("row", ["Sở Y tế\t12\t", "\tSở Y tế\t12", "Sở Y tế;12;;", "\t\tSở Y tế\t12\t\t"])
def test_empty_columns_beside_a_table_are_passed_over(row: str) -> None:
    chart = chart_from_table(f"Kết quả\t\t\n{row}\n\t\t\n")
    assert (chart.title, rows_of(chart)) == ("Kết quả", [("Sở Y tế", 12)])


def test_a_head_without_brackets_names_no_unit() -> None:
    assert chart_from_table("Đơn vị;Chỉ số\nSở Y tế;12", title="Kết quả").unit == ""


def test_a_given_title_and_start_hold_and_words_are_normalised() -> None:
    chart = chart_from_table("Ðồi  Chè\t3", title=" Kết  quả ", start=1)
    assert (chart.title, chart.start, chart.rows[0].name) == ("Kết quả", 1, "Đồi Chè")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "has no title; write it on a line of its own"),
        ("\n \n", 1, "has no title"),
        ("Kết quả", 1, "has no row; write the name, a TAB or ;"),
        ("Kết quả\nSở Y tế 91,46%", 2, "'Sở Y tế 91,46%': has no value; write the name, a TAB or ;"),
        ("Kết quả\nSở Y tế\t1\nchú giải", 3, "has no value"),
        ("Kết quả\nA\t1\nB\tchưa có", 3, "'chưa có': is no figure; write it as 95,37% or 1.234"),
        ("Kết quả\nA\t1\nB\t1,234,567", 3, "is no figure"),
        ("Kết quả\nA\t1\nB\t1.23.4", 3, "is no figure"),
        ("Kết quả\nA\t1\nB\t١٢", 3, "is no figure"),
        ("Kết quả\nA\t1\nB\t" + "9" * 14, 3, "too many digits to be shown; round it"),
        ("Kết quả\nA\t1\nB\t0,1234567", 3, "too many digits"),
        ("Kết quả\nA\t1\nB\t", 3, "'': is no figure"),
        ("Kết quả\nA\t1\n\t5", 3, "has no name"),
        ("Kết quả\nA\tchưa có\nB\t2", 2, "'chưa có': is no figure"),
        ("Kết quả\nA\tkhông có số liệu\nB\t2", 2, "'không có số liệu': is no figure"),
        ("Kết quả\nA\t…\nB\t2", 2, "'…': is no figure"),
        ("Kết quả\nA\t(3,2)\nB\t2", 2, "'(3,2)': is no figure"),
        ("Kết quả\nA\tkhoảng 95\nB\t2", 2, "'khoảng 95': is no figure"),
        ("Kết quả\nĐơn vị\tĐiểm\nA\tđang chấm\nB\t2", 3, "'đang chấm': is no figure"),
        ("Kết quả\nA\t1\nB\t2\t3", 3, "has 3 columns where there are two; copy the names and one column"),
        ("Kết quả\nA\t1%\nB\t2 điểm", 3, "is in 'điểm', the lines above in '%'; keep to one unit"),
        ("Kết quả\nA\t81.41\nB\t1.234", 3, "its dot could part thousands or decimals"),
        ("Kết quả\nTrục từ: giữa\nA\t1", 2, "'giữa': is no figure"),
        ("Kết quả\n" + "A\t1\n" * 501, 502, "more than 500 rows; split the table"),
        ("Kết quả\n" + "Đ" * 60 + "\n", 2, "…': has no value"),
    ],
)
def test_what_cannot_be_read_names_its_line_and_the_remedy(text: str, line: int, words: str) -> None:
    with pytest.raises(InputError) as caught:
        chart_from_table(text)
    assert caught.value.line == line
    assert words in caught.value.message


_NAMES = st.text(st.characters(categories=("Lu", "Ll", "Nd")), min_size=1, max_size=20).filter(
    lambda name: name == one_line(name) and not name.isdigit()
)
_VALUES = st.decimals(min_value=-999_999_999, max_value=999_999_999, places=2)


def as_written_here(value: Decimal, minus: str, parted: str) -> str:
    """-1234.50 → `-1.234,50`."""
    whole, _, after = f"{abs(value):,.2f}".partition(".")
    return f"{minus if value < 0 else ''}{whole.replace(',', parted)},{after}"


@given(
    rows=st.lists(st.tuples(_NAMES, _VALUES), min_size=1, max_size=12),
    between=st.sampled_from(["\t", " \t ", ";", "; ", "   "]),
    minus=st.sampled_from(["-", "−", "–", "- "]),
    parted=st.sampled_from(["", ".", " ", "\u00a0"]),
    unit=st.sampled_from(["", "%", " %", " hồ sơ"]),
    head=st.sampled_from(["", "Đơn vị{}Năm 2025\n", "Đơn vị{}Tỷ lệ (hồ sơ)\n"]),
    gap=st.sampled_from(["\n", "\r\n", "\n\n", "\n \t\n"]),
)
def test_whatever_is_pasted_every_row_comes_through(  # noqa: PLR0913 - one a way to write a table
    *, rows: list[tuple[str, Decimal]], between: str, minus: str, parted: str, unit: str, head: str, gap: str
) -> None:
    lines = (f"{name}{between}{as_written_here(value, minus, parted)}{unit}" for name, value in rows)
    chart = chart_from_table(head.format(between) + gap.join(lines), title="Kết quả")
    assert rows_of(chart) == [(name, float(value)) for name, value in rows]
    assert chart.decimals == 2


def read_or_refused(text: str, title: str) -> Chart | InputError:
    try:
        return chart_from_table(text, title=title)
    except InputError as error:
        return error


@given(st.text(st.sampled_from("Aạ1,. ;\t\n%-()|:Nguồn")), st.sampled_from(["", "Kết quả"]))
def test_any_text_is_a_chart_or_an_error_with_its_line(text: str, title: str) -> None:
    made = read_or_refused(text, title)
    if isinstance(made, InputError):
        assert made.line in range(1, max(1, len(text.splitlines())) + 1)
    else:
        issue = issue_of(an_item(1, charts=(made,)))
        assert issue_from(parse(dumps(dump(issue)))).sections[0].items[0].charts == (made,)


def test_hostile_words_are_names_like_others() -> None:
    nasty = ('<script>alert("x")</script>', "#panic()", "{{ 7 * 7 }}", "$x$", "😀 行政", "x" * 300)
    chart = chart_from_table("Kết quả\n" + "\n".join(f"{name}\t{place}" for place, name in enumerate(nasty)))
    assert tuple(row.name for row in chart.rows) == nasty


def test_charts_come_back_as_they_went() -> None:
    issue = issue_of(an_item(1, charts=(a_chart(3), a_chart(2, source="Sở Nội vụ", note="Sơ bộ.", start=None))))
    assert issue_from(parse(dumps(dump(issue)))) == issue


def test_an_issue_without_charts_is_written_and_hashed_as_before_there_were_any() -> None:
    issue = an_issue(2)
    assert "charts" not in dumps(dump(issue))
    assert dump(issue_of(an_item(1, charts=(a_chart(1),))))["sections"][0]["items"][0]["charts"]
    assert content_hash(issue) == "f765218549e3f58c8069c3d20e92a4c6a2b7487c63fb773510904af4d34a0419"


def test_the_hash_covers_charts() -> None:
    def hash_of(chart: Chart) -> str:
        return content_hash(issue_of(an_item(1, charts=(chart,))))

    chart = a_chart(3)
    changed = replace(chart, rows=(*chart.rows[:2], replace(chart.rows[2], value=1.0)))
    assert len({hash_of(chart), hash_of(changed), hash_of(replace(chart, start=None))}) == 3
    assert hash_of(chart) == hash_of(a_chart(3))


def test_an_item_takes_a_chart_and_the_issue_a_new_hash() -> None:
    issue = an_issue(4)
    once = with_chart(issue, 3, a_chart(2))
    twice = with_chart(once, 3, a_chart(4))
    charts = [item.charts for section in twice.sections for item in section.items]
    assert charts == [(), (), (a_chart(2), a_chart(4)), ()]
    assert once.hash == content_hash(once)
    assert len({content_hash(issue), once.hash, twice.hash}) == 3


def test_a_chart_for_an_item_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="field number: the issue has no item 9"):
        with_chart(an_issue(4), 9, a_chart(2))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, r"charts\[0\]: Object missing required field `title`"),
        ({"rows": []}, r"charts\[0\].rows: "),
        ({"rows": [{"name": "A", "value": "1"}]}, r"charts\[0\].rows\[0\].value: "),
        ({"rows": [{"name": "", "value": 1}]}, r"charts\[0\].rows\[0\]: Object missing required field `name`"),
        ({"rows": [{"name": "A", "value": 1e400}]}, r"charts\[0\].rows\[0\].value: "),
        ({"decimals": 9}, r"charts\[0\].decimals: "),
    ],
)
def test_a_wrong_chart_names_its_field(change: dict[str, object], field: str) -> None:
    raw = parse(dumps(dump(issue_of(an_item(1, charts=(a_chart(1),))))))
    raw["sections"][0]["items"][0]["charts"][0] |= change
    with pytest.raises(InputError, match=rf"so.json, field sections\[0\].items\[0\].{field}"):
        issue_from(raw, source="so.json")


def test_an_issue_of_older_days_has_no_charts() -> None:
    known: Issue = issue_from(parse(dumps(dump(an_issue(1)))))
    assert known.sections[0].items[0].charts == ()
