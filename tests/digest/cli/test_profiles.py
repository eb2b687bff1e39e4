import json
import re

import pytest

from digest.profile import SHIPPED, shipped_names


def test_the_shipped_profiles_are_listed_a_line_each(diembao):
    status, out, _ = diembao("profiles", "list")
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()] == list(shipped_names())
    assert "Bản tin điện tử Hành chính công: trong_tinh, chi_dao" in out
    status, out, _ = diembao("profiles", "list", "--json")
    assert [json.loads(line)["id"] for line in out.splitlines()] == list(shipped_names())


def test_a_profile_shows_every_setting_the_defaults_too(diembao):
    status, out, _ = diembao("profiles", "show", "cchc-2023")
    assert status == 0
    lines = out.splitlines()
    assert 'id = "cchc-2023"' in lines
    assert 'sections[1].title = "CẢI CÁCH ĐỊA PHƯƠNG"' in lines
    assert "length.words = 1050" in lines
    assert 'approval.steps = ["Chuyên viên", "Lãnh đạo phòng", "Lãnh đạo đơn vị", "Văn thư"]' in lines
    status, out, _ = diembao("profiles", "show", "cchc-2023", "--json")
    assert json.loads(out)["masthead"]["show_number"] is False


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_profile_is_good(diembao, name):
    status, _, err = diembao("profiles", "check", name)
    assert status == 0
    assert f"{name}: " in err
    assert ": good; sections " in err


def test_a_bad_profile_names_its_fault_and_gives_status_3(diembao, tmp_path):
    text = (SHIPPED / "cchc.toml").read_text(encoding="utf-8")
    (tmp_path / "so.toml").write_text(text + '\n[masthead]\ncolor = "#c00000"\n', encoding="utf-8")
    status, _, err = diembao("profiles", "check", tmp_path / "so.toml")
    assert status == 3
    assert "so.toml, key masthead.color: unknown; known here: colour, day" in err


def test_a_check_tells_what_is_no_fault_and_may_yet_be_a_surprise(diembao, tmp_path):
    text = (SHIPPED / "theo-don-vi.toml").read_text(encoding="utf-8")
    (tmp_path / "so.toml").write_text(text.replace("Sở Nội vụ Hà Nội", "Tổ Mây Trắng"), encoding="utf-8")
    _, _, err = diembao("profiles", "check", tmp_path / "so.toml")
    assert "note: about: 'Tổ Mây Trắng' is in no table: it is found by these very words alone" in err
    assert "note: imprint.email is empty" in err
    _, _, err = diembao("profiles", "check", "ban-tin-thang")
    assert "note: sections trong_tinh: filled with own articles only" in err


def test_a_check_shows_what_today_s_issue_would_be_called(diembao, tmp_path):
    text = (SHIPPED / "cchc.toml").read_text(encoding="utf-8")
    named = text + '\n[masthead]\ntopic = "TỈNH HƯƠNG GIANG"\n'
    (tmp_path / "so.toml").write_text(named, encoding="utf-8")
    told = diembao("profiles", "check", tmp_path / "so.toml")[2]
    assert re.search(r"^title: Điểm báo Tỉnh hương giang \d\d/\d\d/\d{4}$", told, re.MULTILINE)
    written = named + 'title = "{name} tỉnh Hương Giang số {number}"\n'
    (tmp_path / "so.toml").write_text(written, encoding="utf-8")
    assert "title: Điểm báo tỉnh Hương Giang số 1\n" in diembao("profiles", "check", tmp_path / "so.toml")[2]
    monthly = diembao("profiles", "check", "ban-tin-thang")[2]
    assert re.search(r"^title: Bản tin điện tử Hành chính công số \d\d/\d{4}$", monthly, re.MULTILINE)
