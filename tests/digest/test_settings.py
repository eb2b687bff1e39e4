from pathlib import Path

import pytest

from digest.errors import SettingsError
from digest.settings import MODEL_FILE, load


def test_without_file_and_environment_the_defaults_lie_in_the_users_home(tmp_path):
    settings = load({"HOME": "/home/bientap"}, folder=tmp_path)
    assert settings.home == Path("/home/bientap/.local/share/diembao")
    assert settings.database == "sqlite:////home/bientap/.local/share/diembao/diembao.db"
    assert (settings.profile, settings.sources, settings.contact) == ("cchc", (), None)


def test_without_a_home_the_working_folder_serves(tmp_path):
    assert load({}, folder=tmp_path).home == tmp_path / "diembao-home"
    assert load({"XDG_DATA_HOME": "/srv/data"}, folder=tmp_path).home == Path("/srv/data/diembao")


def test_the_environment_wins_over_the_file_and_paths_count_from_the_file(tmp_path):
    (tmp_path / "diembao.toml").write_text(
        'home = "kho"\nprofile = "cchc-2023"\nsources = ["nguon.toml"]\ncontact = "bantin@tinh.example"\nprocesses = 1\n'
    )
    settings = load({"DIEMBAO_PROFILE": "cchc"}, folder=tmp_path)
    assert settings.home == tmp_path / "kho"
    assert settings.profile == "cchc"
    assert load({}, folder=tmp_path).profile == "cchc-2023"
    (tmp_path / "diembao.toml").write_text('home = "kho"\nprofile = "rieng.toml"\nsources = ["nguon.toml"]\n')
    assert load({}, folder=tmp_path).profile == str(tmp_path / "rieng.toml")
    assert settings.sources == (tmp_path / "nguon.toml",)
    assert settings.database == f"sqlite:///{tmp_path / 'kho' / 'diembao.db'}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("home =", "Invalid value"),
        ('mau = "do"', "key mau: unknown; known: contact, database"),
        ('processes = "hai"', "key processes: Expected `int`"),
        ("processes = 0", "key processes: needs at least 1"),
        ("sources = [3]", r"key sources\[0\]"),
        ("home = 3", "key database|key home"),
        ('profile = "a\\u0000b"', "key profile: holds a NUL character"),
        ("a = " + "[" * 5000, "vp.toml: "),
    ],
)
def test_a_wrong_settings_file_names_file_and_key(tmp_path, text, message):
    file = tmp_path / "vp.toml"
    file.write_text(text)
    with pytest.raises(SettingsError, match=message) as caught:
        load({"DIEMBAO_SETTINGS": str(file), "HOME": "/h"}, folder=tmp_path)
    assert str(file) in str(caught.value)


def test_a_named_settings_file_that_is_missing_is_an_error(tmp_path):
    with pytest.raises(SettingsError, match="No such file"):
        load({"DIEMBAO_SETTINGS": str(tmp_path / "khong.toml")}, folder=tmp_path)


def test_a_file_saved_by_notepad_is_read_and_another_encoding_is_named(tmp_path):
    file = tmp_path / "diembao.toml"
    file.write_text('profile = "cchc-2023"\r\n', encoding="utf-8-sig", newline="")
    assert load({}, folder=tmp_path).profile == "cchc-2023"
    file.write_text('profile = "cchc-2023"\n', encoding="utf-16")
    with pytest.raises(SettingsError, match=r"diembao.toml: is not UTF-8 text; save it as UTF-8"):
        load({}, folder=tmp_path)


def test_a_trained_model_in_the_home_is_in_use_unless_another_is_named(tmp_path):
    environment = {"DIEMBAO_HOME": str(tmp_path / "kho")}
    assert load(environment, folder=tmp_path).model is None
    (tmp_path / "kho").mkdir()
    (tmp_path / "kho" / MODEL_FILE).write_bytes(b"")
    assert load(environment, folder=tmp_path).model == tmp_path / "kho" / MODEL_FILE
    named = load(environment | {"DIEMBAO_MODEL": "/srv/m.npz"}, folder=tmp_path).model
    assert named == Path("/srv/m.npz")
