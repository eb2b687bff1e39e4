from dataclasses import replace

import pytest

from digest.errors import UsageError
from digest.pipeline.publishing import formats_from, write_renditions
from digest.profile import load
from digest.profile_parts import Copyright
from tests.digest.render.fakes import a_picture, an_image
from tests.digest.test_wire import an_issue


def an_issue_that_no_pdf_can_hold():
    issue = an_issue()
    section = issue.sections[0]
    item = replace(section.items[0], paragraphs=("ă" * 100_000,))  # one word of 200,000 bytes
    return replace(issue, sections=(replace(section, items=(item,)),))


def test_a_format_that_cannot_be_made_costs_itself_alone(tmp_path):
    steps: list[int] = []
    written = write_renditions(
        an_issue_that_no_pdf_can_hold(), load("cchc"), ("pdf", "text"), tmp_path, advance=steps.append
    )
    assert [file.format for file in written.files] == ["text"]
    assert [path.name for path in tmp_path.iterdir()] == ["cchc-2026-03-02.txt"]
    (trouble,) = written.troubles
    assert (trouble.stage, trouble.kind, trouble.subject) == ("render", "not-made", "pdf")
    assert steps == [1, 1]


def test_a_profile_without_a_mailbox_is_told(tmp_path):
    profile = load("cchc")
    quiet = replace(profile, imprint=replace(profile.imprint, email="bantin@tinh.example"))
    told = write_renditions(an_issue(), profile, ("text",), tmp_path, advance=lambda _steps: None)
    assert told.notes == ("profile cchc, key imprint.email: is empty; contact line and mail name no address",)
    silent = write_renditions(an_issue(), quiet, ("text",), tmp_path, advance=lambda _steps: None)
    assert silent.notes == ()


def test_a_kept_picture_is_printed_and_one_that_is_not_at_hand_is_told(tmp_path):
    issue, daily = an_issue(), load("cchc")
    profile = replace(daily, copyright=Copyright(pictures="print"))
    picture = a_picture()
    section = issue.sections[0]
    image = an_image(picture, "https://baolua.example/a.jpg")
    issue = replace(issue, sections=(replace(section, items=(replace(section.items[0], images=(image,)),)),))
    without = write_renditions(issue, profile, ("html", "text"), tmp_path, advance=lambda _steps: None)
    assert "pictures that the database here does not keep, left out: 1" in without.notes
    assert b"<img" not in without.paths[0].read_bytes()
    shown = write_renditions(
        issue, profile, ("html",), tmp_path, pictures={image.src: picture}, advance=lambda _steps: None
    )
    assert shown.paths[0].read_bytes().count(b"<img") == 1
    assert [note for note in shown.notes if "pictures" in note] == []


def test_formats_are_named_once_each():
    assert formats_from("pdf, html,pdf") == ("pdf", "html")
    with pytest.raises(UsageError, match="mp3"):
        formats_from("pdf,mp3")


def test_pictures_that_the_profile_keeps_behind_the_link_are_told(tmp_path):
    issue, picture = an_issue(), a_picture()
    section = issue.sections[0]
    image = an_image(picture, "https://baolua.example/anh.jpg")
    pictured = replace(issue, sections=(replace(section, items=(replace(section.items[0], images=(image,)),)),))
    told = write_renditions(
        pictured, load("cchc"), ("html",), tmp_path, pictures={image.src: picture}, advance=lambda _steps: None
    )
    assert 'profile cchc, key copyright.pictures: "link"; pictures left behind their links: 1' in told.notes
    assert b"<img" not in told.paths[0].read_bytes()
