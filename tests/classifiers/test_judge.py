import subprocess
import sys
from datetime import date

import pytest

from classifiers import areas
from classifiers.judge import Judge
from digest.errors import ModelError
from digest.files import read_text
from digest.model import SECTION_KEYS
from digest.wire import article_from, parse
from tests.classifiers.fakes import a_small_model
from tests.fakes import SHARED, an_article, at, needs_shared

DAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def judge():
    return Judge.load()


@pytest.fixture(scope="module")
def small():
    return Judge(a_small_model())


RELEVANT = [
    (
        "Cần Thơ cắt một nửa thời gian giải quyết thủ tục hành chính",
        "UBND TP Cần Thơ yêu cầu bộ phận một cửa các phường trả kết quả dịch vụ công trong ngày.",
        "dia_phuong",
    ),
    (
        "Thủ tướng yêu cầu các bộ cắt giảm thủ tục, đẩy mạnh phân cấp cho địa phương",
        "Công điện của Thủ tướng giao các bộ, cơ quan ngang bộ rà soát, sửa nghị định trước tháng 6.",
        "chu_truong",
    ),
    (
        "Bộ Y tế thí điểm bệnh án điện tử liên thông giữa các bệnh viện",
        "Người bệnh không phải mang giấy tờ khi chuyển viện, hồ sơ được số hóa trên một hệ thống.",
        "linh_vuc",
    ),
    (
        "Kỷ luật khiển trách chủ tịch xã vì để chậm hồ sơ đất đai của dân",
        "UBND tỉnh Gia Lai xử lý trách nhiệm người đứng đầu, chấn chỉnh kỷ cương hành chính.",
        "quan_ly",
    ),
]
OTHER = [
    ("Tiền vệ trẻ lập cú đúp, đội chủ nhà thắng ngược", "Trận đấu tối qua khép lại với năm bàn thắng đẹp mắt."),
    ("Khởi tố nhóm thanh niên cướp giật dây chuyền", "Công an bắt giữ bốn bị can, thu hai xe máy và một con dao."),
    ("Bí quyết nấu nồi phở bò thơm ngon tại nhà", "Đầu bếp chia sẻ cách ninh xương và chọn gia vị."),
    ("Giá vàng thế giới giảm phiên thứ ba liên tiếp", "Nhà đầu tư chốt lời khi đồng đô la tăng trở lại."),
]


@pytest.mark.parametrize(("title", "sapo", "section"), RELEVANT)
def test_the_shipped_model_selects_reform_news_and_knows_its_section(judge, title, sapo, section):
    judgement = judge.judge(an_article(title=title, sapo=sapo, paragraphs=()), day=DAY)
    assert judgement.selected
    assert judgement.section == section
    assert judgement.areas


@pytest.mark.parametrize(("title", "sapo"), OTHER)
def test_the_shipped_model_leaves_sport_crime_and_kitchens_out(judge, title, sapo):
    judgement = judge.judge(an_article(title=title, sapo=sapo, paragraphs=()), day=DAY)
    assert not judgement.selected
    assert judgement.relevance < 0.15


def test_a_full_article_without_a_standfirst_is_judged_by_its_first_paragraph(judge):
    title, sapo, section = RELEVANT[0]
    judgement = judge.judge(
        an_article(title=title, sapo=None, paragraphs=(sapo, "Các phường báo cáo hằng tuần.")), day=DAY
    )
    assert (judgement.selected, judgement.section) == (True, section)


def test_places_carry_the_name_of_the_day_and_the_written_one(judge):
    article = an_article(title="Bình Dương rút ngắn thủ tục cấp phép", sapo="", paragraphs=(), published=None)
    after, before = judge.judge(article, day=date(2026, 3, 2)), judge.judge(article, day=date(2023, 3, 2))
    assert after.provinces_as_written == before.provinces_as_written == ("Bình Dương",)
    assert before.provinces == ("Bình Dương",)
    assert after.provinces == ("TP.HCM",)
    assert judge.judge(article, day=None).provinces == ("TP.HCM",)


def test_the_articles_own_day_names_its_places(judge):
    article = an_article(title="Bình Dương rút ngắn thủ tục", sapo="", paragraphs=(), published=at("2023-03-02 08:00"))
    assert judge.judge(article, day=date(2026, 3, 2)).provinces == ("Bình Dương",)


def test_evidence_of_words_stands_letter_for_letter_in_its_field(judge):
    title, sapo, _ = RELEVANT[3]
    evidence = judge.judge(an_article(title=title, sapo=sapo), day=DAY).evidence
    fields = {"title": title, "sapo": sapo}
    assert any(one.field == "rule" for one in evidence)
    quoted = [one for one in evidence if one.field in fields]
    assert quoted
    assert all(one.text in fields[one.field] for one in quoted)
    assert [abs(one.weight) for one in evidence] == sorted((abs(one.weight) for one in evidence), reverse=True)


def test_words_of_the_body_are_evidence_too(judge):
    body = "Tỉnh sẽ cắt giảm thủ tục hành chính và kiểm điểm cán bộ chậm trễ.\nNgười dân chấm điểm công chức."
    evidence = judge.judge(
        an_article(title="Họp thường kỳ tháng ba", sapo="Sáng nay.", paragraphs=(body,)), day=DAY
    ).evidence
    quoted = [one.text for one in evidence if one.field == "paragraphs"]
    assert quoted
    assert all(text in body and "\n" not in text for text in quoted)


def test_evidence_is_quoted_once_and_never_overlaps(small):
    article = an_article(title="Thủ tục hành chính: cắt giảm thủ tục hành chính", sapo="Hồ sơ một cửa, hồ sơ một cửa.")
    quoted = [(one.field, one.text.lower()) for one in small.judge(article, day=DAY).evidence if one.field != "rule"]
    assert quoted
    assert len(quoted) == len(set(quoted))


HOSTILE = {
    "empty": ("", None),
    "one word": ("Cải", None),
    "two words": ("Thủ tục", None),
    "blanks": (" \n\t ", "   "),
    "English": (
        "Government cuts administrative procedures for citizens",
        "The prime minister asked ministries to act.",
    ),
    "without marks": ("Thu tuc hanh chinh duoc cat giam tai cac tinh", "Nguoi dan nop ho so mot cua truc tuyen."),
    "VNI": ("Caûi caùch thuû tuïc haønh chính ôû caùc ñòa phöông", None),
    "a megabyte": ("lorem ipsum " * 90_000, "x" * 1_000_000),
    "Chinese": ("国务院推进行政审批制度改革取得新进展", "各地 政务服务中心 实行 一网通办"),
    "Russian": ("Реформа государственного управления в регионе", "Министерство сократит сроки оказания услуг"),
    "emoji": ("😀" * 500, "🔥 " * 500),
    "half a pair": ("\ud800\udfff\ud83d", "\ud800 abc"),
    "markup": ("<script>alert(1)</script>" * 50, "' OR 1=1; DROP TABLE articles --"),
    "controls": ("\x00\x01\x02", "\u202e\u200b"),
    "numbers": ("123 456 789 " * 20, "0" * 5000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_text_that_cannot_be_judged_never_breaks_the_judge_nor_looks_confident(judge, name):
    title, sapo = HOSTILE[name]
    judgement = judge.judge(an_article(title=title, sapo=sapo, paragraphs=()), day=DAY)
    assert not judgement.selected
    assert judgement.relevance < 0.3
    assert judgement.section_confidence <= 0.6


def test_nothing_at_all_has_no_section_no_area_and_no_evidence(judge):
    judgement = judge.judge(an_article(title="", sapo=None, paragraphs=()), day=DAY)
    assert (judgement.relevance, judgement.section, judgement.areas, judgement.evidence) == (0.0, None, (), ())


def test_capitals_alone_are_read_but_trusted_less(judge):
    title, sapo, _ = RELEVANT[0]
    loud = judge.judge(an_article(title=title.upper(), sapo=sapo.upper()), day=DAY)
    plain = judge.judge(an_article(title=title, sapo=sapo), day=DAY)
    assert loud.selected
    assert loud.relevance <= 0.8 < plain.relevance


def test_selected_means_at_or_above_the_line(small):
    judgements = [small.judge(an_article(title=title, sapo=sapo), day=DAY) for title, sapo, _ in RELEVANT]
    judgements += [small.judge(an_article(title=title, sapo=sapo), day=DAY) for title, sapo in OTHER]
    assert {one.selected for one in judgements} == {True, False}
    assert all(one.selected == (one.relevance >= small.line) for one in judgements)
    assert all(one.section in SECTION_KEYS for one in judgements)
    assert all(one.model == small.card.name for one in judgements)


def many():
    kinds = [*((title, sapo) for title, sapo, _ in RELEVANT), *OTHER]
    return [an_article(id=f"m{at}", title=f"{kinds[at % 8][0]} {at}", sapo=kinds[at % 8][1]) for at in range(150)]


def test_several_processes_give_the_same_judgements_in_the_same_order(small):
    alone = list(small.judge_many(many(), day=DAY))
    heard: list[int] = []
    assert list(small.judge_many(iter(many()), day=DAY, processes=2, progress=heard.append)) == alone
    assert heard == list(range(1, 151))


def test_a_long_stream_is_not_read_ahead_of_its_judging(small):
    taken = 0

    def stream():
        nonlocal taken
        for number in range(2_000):
            taken += 1
            yield an_article(id=f"s{number}", title="", sapo=None, paragraphs=())

    judged = small.judge_many(stream(), day=DAY, processes=1)
    next(judged)
    assert taken == 1
    side_by_side = small.judge_many(stream(), day=DAY, processes=2)
    next(side_by_side)
    assert taken < 1_500
    side_by_side.close()


def test_a_model_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"none\.npz"):
        Judge.load(tmp_path / "none.npz")


def test_areas_are_none_one_or_two():
    chances = {"so": 0.9, "tthc": 0.6, "bo_may": 0.55}
    assert areas.pick(chances, first=0.5, second=0.5) == ("so", "tthc")
    assert areas.pick(chances, first=0.5, second=0.7) == ("so",)
    assert areas.pick(chances, first=0.95, second=0.95) == ()


def test_judging_loads_no_training_library():
    code = (
        "import sys; from classifiers.judge import Judge; from digest.model import Article; "
        "Judge.load().judge(Article(id='a', title='Xã trả hồ sơ sớm cho dân'), day=None); "
        "print('sklearn' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "False"


@needs_shared
def test_the_real_bulletins_items_stand_above_everything_else(judge):
    lines = read_text(SHARED / "bulletins" / "2023-12-11.articles.jsonl").splitlines()
    articles = [article_from(parse(line)) for line in lines]
    selected = {
        article.id
        for article, said in zip(articles, judge.judge_many(articles, day=None), strict=True)
        if said.selected
    }
    assert selected == {f"b231211-{number:02}" for number in range(1, 12)}
