from datetime import date

import pytest

from digest.errors import ProfileError
from digest.profile import load, parse, shipped_names

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


def test_every_shipped_profile_loads_under_its_own_id():
    assert {"cchc", "cchc-2023"} <= set(shipped_names())
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
        ('mau = "x"\n' + SECTIONS + FOLDS, "key mau: unknown; known here: choice, folds"),
        (SECTIONS + "at_mots = 3\n" + FOLDS, "key sections.at_mots: unknown"),
        (SECTIONS + 'at_most = "ba"\n' + FOLDS, r"key sections\[1\].at_most: Expected `int`"),
        (SECTIONS, "'linh_vuc' is neither printed nor folded"),
        (SECTIONS + FOLDS.replace("chu_truong", "thoi_su"), "folds into 'thoi_su', which is not printed"),
        (SECTIONS.replace("dia_phuong", "the_thao") + FOLDS, "unknown section 'the_thao'"),
        (SECTIONS.replace("dia_phuong", "chu_truong") + FOLDS, "each key once"),
        (SECTIONS + FOLDS + "[choice]\nat_least = 30\n", "greater than at_most"),
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
