"""Which sentences of an article stand or fall together, and which say nothing without the one before."""

import pytest

from classifiers.passages import passages_of, sentences_of
from digest.model import Kind

PLAIN = "Xã ven sông mở thêm một buổi trả kết quả."


def grouped(*paragraphs: str, kinds: tuple[Kind, ...] = ()) -> list[str]:
    """The passages of an article; a leading "+" says that one leans on the one before."""
    entries = [(text, kinds[index] if index < len(kinds) else "p") for index, text in enumerate(paragraphs)]
    sentences = sentences_of(entries)
    return [
        ("+" if one.leaning else "") + " | ".join(s.text for s in sentences[one.first : one.last + 1])
        for one in passages_of(entries, sentences)
    ]


def test_plain_sentences_stand_alone():
    assert grouped(f"{PLAIN} {PLAIN}", PLAIN) == [PLAIN, PLAIN, PLAIN]


@pytest.mark.parametrize(
    "sentence",
    [
        "Theo đó, lệ phí giảm một nửa.",
        "Tuy nhiên, máy còn chậm.",
        "TUY NHIÊN, MÁY CÒN CHẬM.",
        "Ông cho biết thêm việc này còn mới.",
        "Họ đã chờ từ sáng.",
        "Quyết định này có hiệu lực từ tháng 3.",
        "Cách làm đó được nhân rộng.",
        "Đây là xã đầu tiên làm như thế.",
        "Còn huyện thì chưa.",
        "“Tuy vậy, bà con vẫn vui”, chị Hến kể.",
        "2. Bỏ bản sao chứng thực.",
        "“Chúng tôi sẽ làm ngay.”",
    ],
)
def test_a_sentence_that_goes_on_leans_on_the_one_before(sentence: str):
    assert grouped(f"{PLAIN} {sentence}") == [PLAIN, f"+{sentence}"]
    assert grouped(PLAIN, sentence) == [PLAIN, f"+{sentence}"]


@pytest.mark.parametrize("entry", ["- Xã loại một: 20 người.", "b) Hồ sơ nộp qua mạng.", "+ Bỏ bản sao."])
def test_an_entry_of_a_list_leans_on_the_one_before(entry: str):
    assert grouped(PLAIN, entry) == [PLAIN, f"+{entry}"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ông Kha cho biết việc này còn mới.",
        "Bà con đã chờ từ sáng.",
        "Cô giáo Hến cũng tới nộp hồ sơ.",
        "Song phương ký kết biên bản.",
        "Năm nay xã giảm một nửa lệ phí.",
        "20% hồ sơ nộp qua mạng.",
        "Đồng bào vùng cao được miễn lệ phí.",
        "“Một cửa” là tên gọi quen thuộc.",
    ],
)
def test_a_sentence_that_names_what_it_tells_of_does_not_lean(sentence: str):
    assert grouped(f"{PLAIN} {sentence}") == [PLAIN, sentence]


def test_the_first_sentence_leans_on_nothing():
    assert grouped("Theo đó, lệ phí giảm.") == ["Theo đó, lệ phí giảm."]


def test_a_quotation_of_several_sentences_is_one_with_the_words_before_it():
    assert grouped(f"{PLAIN} Ông Kha nói: “Làm ngay. Không chờ.” {PLAIN}") == [
        PLAIN,
        "Ông Kha nói: “Làm ngay. | Không chờ.”",
        PLAIN,
    ]


def test_a_quotation_over_paragraphs_is_one():
    assert grouped("Ông Kha viết: “Một là làm ngay.", "“Hai là không chờ.", "“Ba là báo cáo.”", PLAIN) == [
        "Ông Kha viết: “Một là làm ngay. | “Hai là không chờ. | “Ba là báo cáo.”",
        PLAIN,
    ]


@pytest.mark.parametrize("said", ["Ông Kha khẳng định như vậy với bà con.", "Chủ tịch xã nhấn mạnh."])
def test_a_bare_quotation_goes_with_who_said_it_before_or_behind(said: str):
    assert grouped(f"{PLAIN} “Phải làm ngay.” {said}") == [PLAIN, f"+“Phải làm ngay.” | {said}"]
    assert grouped(PLAIN, "“Phải làm ngay.”", said) == [PLAIN, f"+“Phải làm ngay.” | {said}"]


def test_who_speaks_next_is_not_who_spoke_before():
    told = grouped(f"{PLAIN} “Phải làm ngay.” Bà Hến nói:", "“Phải chờ.”")
    assert told == [PLAIN, "+“Phải làm ngay.”", "Bà Hến nói: | “Phải chờ.”"]


def test_a_lead_in_goes_with_its_list_and_clauses_go_together():
    told = grouped(PLAIN, "Hồ sơ gồm:", "đơn đề nghị;", "bản sao giấy khai sinh.", PLAIN)
    assert told == [PLAIN, "Hồ sơ gồm: | đơn đề nghị; | bản sao giấy khai sinh.", PLAIN]


def test_entries_without_points_go_together_and_entries_that_are_sentences_lean():
    assert grouped("Gồm có:", "- đơn", "- ảnh", "- giấy tờ") == ["Gồm có: | - đơn | - ảnh | - giấy tờ"]
    assert grouped(PLAIN, "Nộp đơn.", "Nhận giấy.", kinds=("p", "li", "li")) == [PLAIN, "+Nộp đơn.", "+Nhận giấy."]


def test_an_entry_is_not_parted_unless_it_is_long():
    assert grouped("Nộp đơn. Nhận giấy.", kinds=("li",)) == ["Nộp đơn. | Nhận giấy."]
    long = "Người dân " + "đi lại nhiều lần " * 20 + "rồi về."
    assert grouped(f"{long} {long}", kinds=("li",)) == [long, f"+{long}"]


def test_a_table_is_one():
    assert grouped("Xã | Hồ sơ.", "Sông | 20.", PLAIN, kinds=("row", "row")) == ["Xã | Hồ sơ. | Sông | 20.", PLAIN]


def test_a_subheading_goes_with_the_sentence_after_it():
    told = grouped(PLAIN, "Kết quả", f"{PLAIN} {PLAIN}", kinds=("p", "h", "p"))
    assert told == [PLAIN, f"Kết quả | {PLAIN}", PLAIN]
    assert grouped(PLAIN, "Kết quả bước đầu", PLAIN) == [PLAIN, f"Kết quả bước đầu | {PLAIN}"]
    assert grouped(PLAIN, "Mục một", "Theo đó, lệ phí giảm.", kinds=("p", "h")) == [
        PLAIN,
        "+Mục một | Theo đó, lệ phí giảm.",
    ]


def test_lines_that_all_lost_their_points_are_no_subheadings():
    lines = [f"Dòng thứ {number} không chấm" for number in range(5)]
    assert grouped(PLAIN, *lines) == [PLAIN, *lines]
    assert len(grouped(*lines * 9, kinds=("h",) * 45)) > 10


def test_a_line_broken_inside_a_sentence_is_joined():
    assert grouped("Theo quy định\ncủa xã thì được.") == ["Theo quy định | của xã thì được."]


def test_a_list_behind_its_lead_in_is_one_unless_it_is_long():
    entries = ("- Ở phường: 7 ngày.", "- Ở xã: 15 ngày.")
    assert grouped(PLAIN, "Thời hạn như sau:", *entries, PLAIN) == [
        PLAIN,
        " | ".join(("Thời hạn như sau:", *entries)),
        PLAIN,
    ]
    assert len(grouped(PLAIN, "Thời hạn như sau:", *entries * 20)) == 41


@pytest.mark.parametrize(
    ("said", "introduced"),
    [
        ("“Làm ngay” - ông Kha nói.", 0),
        ("Bà Hến kể: “Tôi vui lắm.”", 1),
        ("“Làm ngay” - ông Tư nói.", None),
        ("“Làm ngay” - ông Lê Văn Kha nói.", None),
        ("Ông Kha không nói gì.", None),
    ],
)
def test_who_is_quoted_by_a_short_name_was_introduced_by_the_full_one(said: str, introduced: int | None):
    entries: list[tuple[str, Kind]] = [
        ("Chủ tịch xã Lê Văn Kha tới.", "p"),
        ("Bà Trần Thị Hến cười.", "p"),
        (said, "p"),
    ]
    passages = passages_of(entries, sentences_of(entries))
    assert [one.introduced for one in passages] == [None, None, introduced]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Xã ven sông mở thêm một buổi để bà con các ấp ở xa tới làm cùng lúc", "3 thủ tục về hộ tịch."),
        ("Huyện cũng khen cách làm “Hẹn một lần” của ông từ và của bà con ở xã Mộc", "Bến."),
        ("Kỳ họp thứ sáu của huyện bàn về những tồn tại,", "hạn chế của bộ phận một cửa."),
        ("Sang năm xã ven sông sẽ mở", "thêm một buổi nữa."),
    ],
)
def test_a_sentence_torn_over_two_paragraphs_is_one(before: str, after: str):
    joined = f"{before} | {after}"
    assert grouped(PLAIN, f"{PLAIN} {before}", f"{after} {PLAIN}") == [PLAIN, PLAIN, joined, PLAIN]
    assert grouped(PLAIN, before, after) == [PLAIN, joined]


@pytest.mark.parametrize(
    "unended",
    [
        "Bà con xã ven sông nộp hồ sơ tại bộ phận một cửa vào buổi sáng thứ bảy hằng tuần. Ảnh: T.B",
        "Bà con xã ven sông nộp hồ sơ tại bộ phận một cửa vào buổi sáng thứ bảy hằng tuần (Ảnh: T.B)",
    ],
)
def test_a_caption_is_not_torn(unended: str):
    assert grouped(PLAIN, unended, PLAIN)[-1] == PLAIN


def test_a_standfirst_without_a_point_is_not_torn_unless_the_text_goes_on_small():
    standfirst = "Xã ven sông mở thêm một buổi trả kết quả để bà con các ấp ở xa khỏi đi lại"
    assert grouped(standfirst, PLAIN) == [standfirst, PLAIN]
    assert grouped(standfirst, "nhiều lần.") == [f"{standfirst} | nhiều lần."]


def test_a_torn_sentence_goes_on_in_no_table_and_in_no_entry():
    torn = "Xã ven sông mở thêm một buổi trả kết quả để bà con các ấp ở xa khỏi đi lại"
    assert grouped(PLAIN, torn, "lệ phí | 20", kinds=("p", "p", "row"))[-2] == torn
    assert grouped(PLAIN, torn, "a) Nộp đơn.")[-2] == torn


def test_a_list_inside_one_paragraph_is_one_with_its_lead_in():
    entries = "- Ở phường: Cấp mới: Không quá 7 ngày. Cấp lại: Không quá 9 ngày. - Ở xã: Không quá 15 ngày."
    told = "- Ở phường: Cấp mới: Không quá 7 ngày. | Cấp lại: Không quá 9 ngày. - Ở xã: Không quá 15 ngày."
    assert grouped(PLAIN, "Thời hạn như sau:", entries, PLAIN) == [PLAIN, f"Thời hạn như sau: | {told}", PLAIN]
    assert grouped(f"{PLAIN} Thời hạn như sau: {entries} {PLAIN}") == [PLAIN, f"Thời hạn như sau: {told}", PLAIN]


def test_an_entry_in_several_sentences_is_not_parted_from_its_list():
    told = ["Cách làm như:", "1. Mở thêm một buổi.", PLAIN, "2. Bỏ bản sao.", PLAIN]
    assert grouped(told[0], f"{told[1]} {told[2]}", f"{told[3]} {told[4]}", "Xã vui.") == [" | ".join(told), "Xã vui."]


def test_an_entry_that_the_source_tears_stays_in_its_list():
    told = ["Cách làm như:", "1. Nêu các tồn tại,", "hạn chế.", PLAIN, "2. Bỏ bản sao."]
    assert grouped(told[0], told[1], f"{told[2]} {told[3]}", told[4], PLAIN) == [" | ".join(told), PLAIN]


def test_the_passages_of_a_long_list_know_its_end():
    texts = (PLAIN, "Cách làm như:", *(f"{number}. {PLAIN} {PLAIN}" for number in range(1, 12)), PLAIN)
    entries: list[tuple[str, Kind]] = [(text, "p") for text in texts]
    passages = passages_of(entries, sentences_of(entries))
    assert [one.list_end for one in passages] == [None, *[len(passages) - 2] * (len(passages) - 2), None]
    assert [one.leaning for one in passages] == [False, False, *[True] * (len(passages) - 3), False]


@pytest.mark.parametrize(
    "announcement",
    [
        "Quan trọng hơn là phần việc đứng sau quầy.",
        "Điểm khó là cách chia công việc.",
        "Nhưng điều đáng nói nhất là thái độ.",
        "Cách làm được kể dưới đây.",
    ],
)
def test_what_only_announces_goes_with_what_it_announces(announcement: str):
    assert grouped(PLAIN, announcement, PLAIN)[-1].endswith(f"{announcement} | {PLAIN}")
    assert grouped(f"{PLAIN} {announcement} {PLAIN}")[-1].endswith(f"{announcement} | {PLAIN}")


@pytest.mark.parametrize(
    "telling",
    [
        "Điểm khó là 20 xã chưa có máy.",
        "Điều quan trọng là mỗi xã đều đã có máy mới, có người trực từ sáng tới tối và không ai phải về tay không.",
    ],
)
def test_what_tells_something_itself_announces_nothing(telling: str):
    assert grouped(PLAIN, telling, PLAIN) == [PLAIN, telling, PLAIN]


CLAUSE = "UBND huyện yêu cầu các xã " + "rà soát hồ sơ, giấy tờ của bà con " * 6 + "trong tháng;"


def test_a_long_clause_in_its_own_paragraph_may_be_the_last_that_is_printed():
    assert grouped(PLAIN, CLAUSE, "Mở thêm một buổi.") == [PLAIN, CLAUSE, "+Mở thêm một buổi."]
    assert grouped(PLAIN, CLAUSE, "mở thêm một buổi.") == [PLAIN, f"{CLAUSE} | mở thêm một buổi."]
    led_in = ("Các việc gồm:", CLAUSE, "Mở thêm một buổi.")
    assert grouped(PLAIN, *led_in) == [PLAIN, " | ".join(led_in)]
