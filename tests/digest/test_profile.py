import json
import re
import tomllib
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from digest.errors import ProfileError
from digest.profile import load, parse, shipped_names
from tests.digest.office_files import an_office_file

SECTIONS = """
id = "thu"
name = "Bản tin thử"
[[sections]]
key = "chu_truong"
title = "CHỦ TRƯƠNG"
[[sections]]
key = "dia_phuong"
title = "ĐỊA PHƯƠNG"
"""
FOLDS = "".join(
    f'[[folds]]\nkey = "{key}"\nwith_province = "dia_phuong"\notherwise = "chu_truong"\n'
    for key in ("linh_vuc", "quan_ly", "phan_tich")
)
OWN = '[[sections]]\nkey = "tin_so"\ntitle = "TIN CỦA SỞ"\n'


def fold(key):
    return f'[[folds]]\nkey = "{key}"\nwith_province = "dia_phuong"\notherwise = "dia_phuong"\n'


def test_every_shipped_profile_loads_under_its_own_id():
    assert shipped_names() == ("ban-tin-thang", "cchc", "cchc-2023", "theo-don-vi", "tin-nhanh")
    for name in shipped_names():
        assert load(name).id == name


def test_the_form_of_2023_prints_two_sections_and_folds_three():
    profile = load("cchc-2023")
    assert [rule.key for rule in profile.sections] == ["chu_truong", "dia_phuong"]
    assert [rule.key for rule in profile.folds] == ["linh_vuc", "quan_ly", "phan_tich"]


def test_an_offices_own_profile_is_loaded_by_its_path(tmp_path):
    path = tmp_path / "thu.toml"
    path.write_text(SECTIONS + FOLDS, encoding="utf-8")
    profile = load(str(path))
    assert profile.title_on(date(2026, 3, 2)) == "Điểm báo Cải cách hành chính 02/03/2026"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id =", "not TOML"),
        ('mau = "x"\n' + SECTIONS + FOLDS, "key mau: unknown; known here: about, approval, choice, contents"),
        (SECTIONS + "at_mots = 3\n" + FOLDS, "key sections.at_mots: unknown"),
        (SECTIONS + 'at_most = "ba"\n' + FOLDS, r"key sections\[1\].at_most: Expected `int`"),
        (SECTIONS, "'linh_vuc' is neither printed nor folded"),
        (SECTIONS + FOLDS.replace("chu_truong", "thoi_su"), "folds into 'thoi_su', which is not printed"),
        (SECTIONS.replace("dia_phuong", "the_thao") + FOLDS, "unknown section 'the_thao'"),
        (SECTIONS.replace("dia_phuong", "chu_truong") + FOLDS, "each key once"),
        (SECTIONS + FOLDS + "[choice]\nat_least = 30\n", "greater than at_most"),
        (SECTIONS + "at_least = 16\n" + FOLDS, "key sections.at_least: dia_phuong has 16, more than its at_most"),
        (SECTIONS + "at_least = 9\n" + FOLDS + "[choice]\nat_least = 0\nat_most = 8\n", "more than choice.at_most, 8"),
        (SECTIONS + FOLDS + "[choice]\nnear_miss = 1.5\n", "key choice.near_miss"),
        (SECTIONS + FOLDS + "[choice.weights]\nreach = -1\n", "key choice.weights.reach"),
        (SECTIONS + FOLDS + "[choice.weights]\nnews = 1\n", "key choice.weights.news: unknown; known here: freshness"),
        (
            SECTIONS + FOLDS + "[choice.weights]\nrelevance = 0.2\n",
            "relevance must weigh at least as much as the others",
        ),
        (SECTIONS + FOLDS + "[layout]\nfont_size = nan\n", "key layout.font_size"),
        (SECTIONS + FOLDS + "[layout]\nfont_size = 1e31\n", "key layout.font_size: Expected `float` <= 30"),
        (SECTIONS + FOLDS + "[layout]\nmargin_left = -1\n", "key layout.margin_left"),
        (SECTIONS + FOLDS + "[length]\nwords = -1\n", "key length.words"),
        (SECTIONS + FOLDS + "[choice]\nwindow_days = 1000000\n", "key choice.window_days"),
        (SECTIONS + FOLDS + '[hours]\ncollect = "25:99"\n', "key hours.collect"),
        (SECTIONS + FOLDS + "[source_line]\npadded_months = [13]\n", "key source_line.padded_months"),
        ("a = " + "[" * 5000, "not TOML"),
        (SECTIONS.replace('"thu"', '"../thu"') + FOLDS, "key id: '../thu' will not do; write it like cchc"),
        (SECTIONS + FOLDS + '[masthead]\ncolour = "đỏ"\n', "key masthead.colour: 'đỏ' will not do"),
        (SECTIONS + FOLDS + '[imprint]\nemail = "x@["\n', "key imprint.email"),
        (SECTIONS + FOLDS + '[layout]\npaper = "a3"\n', "key layout.paper"),
        (SECTIONS + FOLDS + '[layout]\nsections = "boxed"\n', "key layout.sections"),
        (SECTIONS + FOLDS + '[layout]\nheadlines = "right"\n', "key layout.headlines"),
        (SECTIONS + FOLDS + '[layout]\ncontents = "no"\n', "key layout.contents"),
        (SECTIONS + FOLDS + "[layout]\ncover = 1\n", "key layout.cover"),
        (SECTIONS + FOLDS + "[layout]\nbase_docx = true\n", "key layout.base_docx"),
        (SECTIONS + FOLDS + '[hours]\ndraft = "10:01"\n', "key hours.freeze: 09:30 is before draft, 10:01"),
        (SECTIONS + FOLDS + '[hours]\nfreeze = "10:15"\n', "key hours.submit: 10:00 is before freeze, 10:15"),
        (
            SECTIONS + FOLDS + '[masthead]\nyear = "Năm {nam}"\n',
            r"key masthead.year: \{nam\} is unknown; known: \{year\}",
        ),
        (SECTIONS + FOLDS + '[masthead]\nnumber = "Số {number"\n', "key masthead.number: a brace stands alone"),
        (SECTIONS + FOLDS + '[masthead]\ncolour = "#ffcc00"\n', "#ffcc00 on white has a contrast of 1.5, .* from 4.5"),
        (SECTIONS + FOLDS + "[approval]\nsteps = []\n", "key approval.steps: Expected `array` of length >= 1"),
        (SECTIONS + FOLDS + '[approval]\nsteps = ["A1","A2","A3","A4","A5"]\n', "key approval.steps"),
        (SECTIONS + FOLDS + '[approval]\nsteps = ["Phòng", "Phòng"]\n', "key approval.steps: each role once"),
        (SECTIONS + FOLDS + '[copyright]\ntext = "copy"\n', "key copyright.text"),
        (SECTIONS + FOLDS + '[numbering]\nitems = "none"\n', "key numbering.items"),
        (SECTIONS + FOLDS + '[source_line]\nform = "short"\n', "key source_line.form"),
        (SECTIONS + FOLDS + "[imprint]\ncopies = -1\n", "key imprint.copies"),
        (SECTIONS + FOLDS + '[about]\nagencies = [""]\n', "key about.agencies"),
        (SECTIONS + FOLDS + FOLDS, r"key folds: one \[\[folds\]\] entry a key"),
        (SECTIONS + FOLDS.replace('"quan_ly"', '"quan_li"'), "key folds: 'quan_li' is none of the model's sections"),
        (SECTIONS + FOLDS + fold("chu_truong"), "key folds: 'chu_truong' is printed; remove its"),
        (
            SECTIONS + OWN + "own = true\n" + FOLDS.replace("chu_truong", "tin_so"),
            "folds into 'tin_so', which is not printed",
        ),
        (SECTIONS + OWN + FOLDS, "unknown section 'tin_so': nothing comes into it; .* own = true"),
        (
            SECTIONS + OWN.replace("tin_so", "Tin Sở") + "own = true\n" + FOLDS,
            "'Tin Sở' will not do; write it like tin_tinh",
        ),
        (SECTIONS + "own = true\n" + FOLDS, "key sections.own: 'dia_phuong' is filled from the press"),
        (SECTIONS + FOLDS + 'by_area = { xa = "dia_phuong" }\n', "key folds.by_area: 'xa' is no area; known: the_che"),
        (SECTIONS.replace('id = "thu"', "") + FOLDS, "missing required field `id`"),
        ("sections = 3\n", "key sections"),
    ],
)
def test_a_wrong_profile_names_file_key_and_remedy(text, message):
    with pytest.raises(ProfileError, match=f"^profile thu.toml.*{message}"):
        parse(text, source="thu.toml")


def test_an_unknown_profile_lists_the_known_ones(tmp_path):
    with pytest.raises(ProfileError, match="cchc-2023"):
        load("hang-tuan")
    (tmp_path / "x.toml").write_bytes(b"\xff")
    with pytest.raises(ProfileError, match="is not UTF-8 text; save it as UTF-8"):
        load(str(tmp_path / "x.toml"))


def test_a_profile_saved_by_notepad_is_read(tmp_path):
    (tmp_path / "thu.toml").write_text(SECTIONS + FOLDS, encoding="utf-8-sig")
    assert load(str(tmp_path / "thu.toml")).id == "thu"


def test_a_section_of_ones_own_is_filled_by_folds_or_by_the_office():
    profile = parse(SECTIONS + OWN + "own = true\n" + FOLDS, source="thu.toml")
    assert [rule.own for rule in profile.sections] == [False, False, True]
    folded = parse(SECTIONS + OWN + FOLDS.replace("chu_truong", "tin_so"), source="thu.toml")
    assert {rule.otherwise for rule in folded.folds} == {"tin_so"}


def test_the_masthead_s_patterns_say_what_the_readers_know():
    daily, monthly = load("cchc-2023"), load("ban-tin-thang")
    day = date(2023, 5, 31)
    said = {name: daily.filled(pattern, day, None) for name, pattern in daily.masthead.patterns.items()}
    assert said == {
        "year": "Năm 2023",
        "day": "THỨ TƯ",
        "released": "Phát hành: 31/05/2023",
        "number": "",
        "running_head": "ĐIỂM BÁO CẢI CÁCH HÀNH CHÍNH – 31/05/2023",
        "title": "Điểm báo Cải cách hành chính 31/05/2023",
    }
    assert monthly.filled(monthly.masthead.number, day, 5) == "Số 05/2023"
    assert monthly.filled(monthly.masthead.running_head, day, 5) == "BẢN TIN ĐIỆN TỬ HÀNH CHÍNH CÔNG SỐ 05/2023"
    assert monthly.title_on(day, 5) == "Bản tin điện tử Hành chính công số 05/2023"
    assert monthly.title_on(day) == "Bản tin điện tử Hành chính công"


def test_the_imprint_says_what_is_known_and_no_more():
    text = (
        SECTIONS + FOLDS + '[imprint]\nissuer = "Văn phòng tỉnh"\nlicence = "số 3/GP"\ncopies = 1500\nplace = "Huế"\n'
    )
    assert parse(text, source="thu.toml").imprint.lines == (
        "Cơ quan phát hành: Văn phòng tỉnh",
        "Giấy phép xuất bản: số 3/GP",
        "In 1.500 bản, Huế",
    )
    assert load("cchc").imprint.lines == ()


def test_a_logo_lies_beside_its_profile_and_is_looked_at(tmp_path):
    path = tmp_path / "thu.toml"
    path.write_text(SECTIONS + FOLDS + '[masthead]\nlogo = "hieu.svg"\n', encoding="utf-8")
    with pytest.raises(ProfileError, match=r"thu.toml, key masthead.logo: logo hieu.svg: No such file"):
        load(str(path))
    (tmp_path / "hieu.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', encoding="utf-8")
    assert load(str(path)).masthead.logo == str(tmp_path / "hieu.svg")


def test_a_word_base_lies_beside_its_profile_and_is_looked_at(tmp_path):
    path = tmp_path / "thu.toml"
    path.write_text(SECTIONS + FOLDS + '[layout]\nbase_docx = "so.docx"\n', encoding="utf-8")
    with pytest.raises(ProfileError, match=r"thu.toml, key layout.base_docx: Word base so.docx: No such file.*beside"):
        load(str(path))
    (tmp_path / "so.docx").write_bytes(an_office_file())
    assert load(str(path)).layout.base_docx == str(tmp_path / "so.docx")


def test_the_monthly_has_a_cover_and_banners_and_the_brief_no_contents():
    monthly, brief, daily = (load(name).layout for name in ("ban-tin-thang", "tin-nhanh", "cchc"))
    assert (monthly.cover, monthly.sections, monthly.sections_on_new_pages) == (True, "banner", True)
    assert [one.contents for one in (monthly, brief, daily)] == [True, False, True]
    assert (daily.cover, daily.sections) == (False, "plain")


def blocks_of_the_guide():
    """The TOML of docs/profiles.md: the example, and all keys with their defaults."""
    guide = Path(__file__).parents[2] / "docs" / "profiles.md"
    return re.findall(r"^```toml\n(.*?)^```$", guide.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def test_the_guide_s_example_is_a_good_profile():
    example, _ = blocks_of_the_guide()
    made = parse(example, source="docs/profiles.md")
    assert [(rule.key, rule.own) for rule in made.sections] == [
        ("tin_so", True),
        ("dia_phuong", False),
        ("trung_uong", False),
    ]


def test_the_guide_names_every_key_with_its_default():
    _, keys = blocks_of_the_guide()
    told = tomllib.loads(keys)
    defaults = json.loads(json.dumps(asdict(parse(SECTIONS + FOLDS, source="thu.toml"))))
    parts = {name: value for name, value in defaults.items() if isinstance(value, dict)}
    without_default = {
        "masthead": {"logo"},
        "choice": {"own_province"},
        "contents": {"abbreviations"},
        "layout": {"base_docx"},
    }
    for name, part in parts.items():
        assert told[name] == {key: value for key, value in part.items() if key not in without_default.get(name, ())}, (
            name
        )
