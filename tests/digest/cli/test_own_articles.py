"""`diembao draft --own`: the office's own articles beside what the press wrote."""

import json
import unicodedata

import pytest

from digest.wire import dump, dumps
from tests.fakes import an_article
from tests.scrapers.pictures.makers import PAGE, SVG, a_chart, a_scene, written

OWN = {"id": "o1", "title": "Tin của Trung tâm", "paragraphs": ["Hết./."], "author": "Lê Bến"}
DAY = "2026-03-31"


def drafted(diembao, tmp_path, *own, profile="ban-tin-thang", options=()):
    judged = {"relevance": 0.9, "selected": True, "section": "chu_truong", "story": "s", "lead": True}
    (tmp_path / "bai.jsonl").write_text(dumps(dump(an_article(published=None)) | judged) + "\n", encoding="utf-8")
    lines = [line if isinstance(line, str) else dumps(line) for line in own]
    (tmp_path / "rieng.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return diembao(
        *("draft", "--from", tmp_path / "bai.jsonl", "--own", tmp_path / "rieng.jsonl", "--date", DAY),
        *("--profile", profile, *options),
    )


def test_own_articles_stand_in_their_sections_and_count_in_the_report(diembao, tmp_path):
    status, out, err = drafted(diembao, tmp_path, OWN, OWN | {"id": "o2", "section": "thu_tuc"}, options=("--json",))
    issue = json.loads(out)
    assert status == 0
    assert issue["number"] == 3
    told = [(section["key"], [item["origin"] for item in section["items"]]) for section in issue["sections"]]
    assert told == [("trong_tinh", ["own"]), ("chi_dao", ["press"]), ("thu_tuc", ["own"])]
    assert json.loads(err.splitlines()[-1])["printed"] == 3


def test_an_issue_takes_the_number_it_is_given(diembao, tmp_path):
    assert json.loads(drafted(diembao, tmp_path, OWN, options=("--number", "14"))[1])["number"] == 14


def test_an_own_article_that_cannot_be_placed_or_read_is_named(diembao, tmp_path):
    for line, said in (
        (OWN | {"section": "the_thao"}, "'the_thao' is not printed; known: trong_tinh"),
        (OWN | {"section": 3}, "line 1, field section: is no text"),
        ("{", "line 1"),
    ):
        status, out, err = drafted(diembao, tmp_path, line)
        assert (status, out) == (3, "")
        assert said in err


@pytest.fixture
def folder(tmp_path):
    """Beside the articles: a photograph, a chart, and what is no picture."""
    (tmp_path / "anh").mkdir()
    (tmp_path / "anh" / "lop.jpg").write_bytes(written(a_scene()))
    (tmp_path / "bieu-do.png").write_bytes(written(a_chart(), "PNG"))
    (tmp_path / "trang.png").write_bytes(PAGE)
    (tmp_path / "ve.svg").write_bytes(SVG)
    (tmp_path / "rong.png").write_bytes(b"")
    return tmp_path


def with_pictures(*sources, **fields):
    return OWN | fields | {"images": [{"src": src, "caption": "Lớp học - Ảnh: Lê Bến"} for src in sources]}


def items_in(out):
    return [item for section in json.loads(out)["sections"] for item in section["items"] if item["origin"] == "own"]


def test_pictures_beside_the_articles_are_kept_and_printed(diembao, folder, home):
    status, out, err = drafted(diembao, folder, with_pictures("anh/lop.jpg", "bieu-do.png"))
    assert (status, "picture" in err) == (0, False)
    (item,) = items_in(out)
    kept = [image["kept"] for image in item["images"]]
    assert [(one["width"], one["height"], one["credit"]) for one in kept] == [(900, 600, "Lê Bến")] * 2
    assert [image["src"] for image in item["images"]] == ["anh/lop.jpg", "bieu-do.png"]
    assert item["flags"] == []
    assert (home / "diembao.db").exists()
    (folder / "so.json").write_text(out, encoding="utf-8")
    status, _, err = diembao("render", folder / "so.json", "--format", "html", "-o", folder / "ra")
    assert (status, "picture" in err) == (0, False)
    page = (folder / "ra" / f"ban-tin-thang-{DAY}.html").read_text(encoding="utf-8")
    assert page.count("data:image/jpeg;base64,") == 1
    assert page.count("data:image/png;base64,") == 1
    assert page.count(">Lớp học - Ảnh: Lê Bến<") == 2


@pytest.mark.parametrize(
    ("src", "said"),
    [
        ("trang.png", "not a picture (it is a page)"),
        ("ve.svg", "drawing (it is SVG"),
        ("rong.png", "not a picture (the file is empty)"),
        ("mat.png", "cannot be read: No such file or directory"),
        ("anh", "is no file"),
        ("../lop.png", "must be a path below the articles' folder, without .."),
        ("/etc/hostname", "must be a path below the articles' folder"),
        ("https://baolua.example/lop.jpg", "is an address, and a draft fetches nothing"),
        ("vong.png", "cannot be read: it leads nowhere"),
        ("x" * 300, "cannot be read: File name too long"),
        ("lien-ket.jpg", "leads out of the articles' folder"),
        ("to.png", "has more than 20 MB"),
    ],
)
def test_a_picture_that_cannot_be_had_is_named_and_costs_itself_alone(diembao, folder, home, src, said):
    (folder / "lien-ket.jpg").symlink_to("/etc/hostname")
    (folder / "vong.png").symlink_to(folder / "vong.png")
    with (folder / "to.png").open("wb") as file:
        file.truncate((20 << 20) + 1)
    status, out, err = drafted(diembao, folder, with_pictures(src), OWN | {"id": "o2"})
    assert status == 0
    assert f"note: picture {src} of “TIN CỦA TRUNG TÂM”: {said}" in err
    first, second = items_in(out)
    assert (first["flags"], second["flags"]) == (["no-picture"], [])
    assert "kept" not in first["images"][0]
    assert not home.exists()
    (folder / "so.json").write_text(out, encoding="utf-8")
    err = diembao("render", folder / "so.json", "--format", "text", "-o", folder / "ra")[2]
    assert "note: pictures without a kept copy, left out: 1\n" in err


def test_a_file_whose_name_is_in_the_other_form_of_unicode_is_found(diembao, folder):
    (folder / unicodedata.normalize("NFD", "lớp học")).mkdir()
    (folder / unicodedata.normalize("NFD", "lớp học") / "Ðoàn.png").write_bytes(written(a_chart(), "PNG"))
    _, out, err = drafted(diembao, folder, with_pictures("lớp học/Đoàn.png"))
    assert "picture" not in err
    assert items_in(out)[0]["images"][0]["kept"]["width"] == 900


def test_of_an_item_two_pictures_are_printed_and_the_next_takes_the_place_of_one_that_is_missing(diembao, folder):
    (folder / "hai.png").write_bytes(written(a_chart(400, 300), "PNG"))
    own = with_pictures("mat.png", "bieu-do.png", "bieu-do.png", "anh/lop.jpg", "hai.png")
    _, out, err = drafted(diembao, folder, own)
    (item,) = items_in(out)
    assert ["kept" in image for image in item["images"]] == [False, True, False, True, False]
    assert err.count("note: picture ") == 2
    assert "picture hai.png of “TIN CỦA TRUNG TÂM”: only 2 of an item are printed" in err
    assert item["flags"] == []


def test_a_bulletin_that_prints_no_pictures_takes_none_and_says_so_and_believes_no_line(diembao, folder, home):
    own = with_pictures("bieu-do.png")
    own["images"][0]["kept"] = {"sha256": "0" * 64, "width": 9, "height": 9}
    status, out, err = drafted(diembao, folder, own | {"section": "chu_truong"}, profile="cchc")
    assert status == 0
    assert 'note: profile cchc, key copyright.pictures: "link"; pictures of own articles left out: 1' in err
    (item,) = items_in(out)
    assert "kept" not in item["images"][0]
    assert not home.exists()
    (folder / "so.json").write_text(out, encoding="utf-8")
    assert "kept copy" not in diembao("render", folder / "so.json", "--format", "text", "-o", folder / "ra")[2]


def test_the_pictures_of_the_press_stay_as_they_are(diembao, folder):
    judged = {"relevance": 0.9, "selected": True, "section": "chu_truong", "story": "s", "lead": True}
    press = dump(an_article(published=None)) | judged | {"images": [{"src": "bieu-do.png"}]}
    (folder / "bai.jsonl").write_text(dumps(press) + "\n", encoding="utf-8")
    (folder / "rieng.jsonl").write_text(dumps(with_pictures("bieu-do.png")) + "\n", encoding="utf-8")
    options = ("--own", folder / "rieng.jsonl", "--date", DAY, "--profile", "ban-tin-thang")
    out = diembao("draft", "--from", folder / "bai.jsonl", *options)[1]
    images = {item["origin"]: item["images"] for section in json.loads(out)["sections"] for item in section["items"]}
    assert ["kept" in images[origin][0] for origin in ("own", "press")] == [True, False]
    (folder / "so.json").write_text(out, encoding="utf-8")
    err = diembao("render", folder / "so.json", "--format", "text", "-o", folder / "ra")[2]
    assert "note: pictures without a kept copy, left out: 1\n" in err
