"""`diembao import`: files in, issues, labelled articles or edits out; each mistake one line with its remedy."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from digest.model import Issue
from digest.profile import load
from digest.render.plain import text
from digest.render.view import view_of
from digest.wire import content_hash, dump, dumps
from storage.articles import keep_article
from storage.database import begin, open_database, reading
from storage.decisions import decided
from storage.issues import save_draft
from tests.digest.bulletin.fakes import DAILY, LONG
from tests.digest.render.fakes import an_issue
from tests.fakes import an_article

DAY = "2026-03-02"


@pytest.fixture
def bulletin(tmp_path) -> Path:
    return _file(tmp_path / "so.txt", DAILY)


@pytest.fixture
def document(tmp_path) -> Path:
    return _file(tmp_path / "van-ban.txt", f"{LONG}\n\n{LONG}\n")


def _file(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _issue_file(path: Path, issue: Issue) -> Path:
    return _file(path, dumps(dump(issue)))


def _printed(path: Path, issue: Issue) -> Path:
    return _file(path, text(view_of(issue, load(issue.profile))).data)


def test_a_bulletin_becomes_an_issue(diembao, bulletin):
    status, out, err = diembao("import", bulletin)
    assert status == 0
    issue = json.loads(out)
    assert (issue["profile"], issue["date"], issue["status"]) == ("cchc-2023", DAY, "draft")
    assert [len(section["items"]) for section in issue["sections"]] == [1, 2]
    assert "CẢI CÁCH ĐỊA PHƯƠNG" in err
    assert "note: item 3: 1 of its paragraphs ends in the middle" in err


def test_the_issue_that_was_brought_in_can_be_printed(diembao, bulletin):
    assert diembao("import", bulletin, "-o", "issue.json")[0] == 0
    assert diembao("render", "issue.json", "--format", "text", "-o", "ra")[0] == 0
    assert "(Baosuoi.example 02/3) Về đầu trang" in Path(f"ra/cchc-2023-{DAY}.txt").read_text(encoding="utf-8")


def test_a_profile_that_is_named_is_the_one_taken(diembao, bulletin):
    assert json.loads(diembao("import", bulletin, "--profile", "cchc")[1])["profile"] == "cchc"


def test_standard_input_is_read_once_and_is_enough(diembao, bulletin, monkeypatch):
    with bulletin.open("rb") as stream:
        monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": stream})())
        status, out, _ = diembao("import", "-")
    assert (status, json.loads(out)["date"]) == (0, DAY)


def test_what_is_no_bulletin_becomes_an_article_unless_an_issue_is_asked_for(diembao, document):
    status, out, err = diembao("import", document, "--json")
    assert status == 0
    assert json.loads(out)["paragraphs"] == [LONG, LONG]
    assert json.loads(err)["notes"] == ["without a label: 1 article"]
    status, out, err = diembao("import", document, "--as", "issue", "-o", "issue.json")
    assert status == 3
    assert (
        err
        == f"diembao: {document}: is no bulletin: no item with a source line; --as articles reads it as an article\n"
    )
    assert not Path("issue.json").exists()


def test_a_single_file_that_cannot_be_read_is_an_error_of_its_own(diembao, tmp_path):
    broken = _file(tmp_path / "hong.pdf", b"%PDF-1.7 cut off")
    status, out, err = diembao("import", broken, "--as", "articles")
    assert (status, out) == (3, "")
    assert err == f"diembao: {broken}: damaged (its end is missing; fetch the file again)\n"


def test_articles_of_several_files_are_labelled_lines_and_a_bad_file_costs_itself_alone(
    diembao, bulletin, document, tmp_path
):
    broken = _file(tmp_path / "hong.pdf", b"%PDF-1.7 cut off")
    status, _, err = diembao(
        "import", bulletin, document, broken, tmp_path / "none.txt", "--as", "articles", "-o", "out.jsonl"
    )
    assert status == 1
    rows = [json.loads(line) for line in Path("out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row.get("section") for row in rows] == ["chu_truong", "dia_phuong", "dia_phuong", None]
    assert [(row.get("rel"), row.get("set"), row.get("day")) for row in rows[:1]] == [(1, "decided", DAY)]
    assert "import: damaged:" in err
    assert "none.txt: cannot be read: No such file or directory" in err


def test_several_issues_go_into_a_folder_each_once(diembao, bulletin, document, tmp_path):
    same = _file(tmp_path / "lan-hai.txt", DAILY)
    other = _printed(tmp_path / "khac.txt", an_issue(items=10, sections=5))
    status, out, err = diembao("import", bulletin, same, other, document, "--as", "issue", "-o", "so")
    assert status == 1
    assert out.split() == [f"so/cchc-2023-{DAY}.json", f"so/cchc-{DAY}.json"]
    assert f"{same}: is the issue of {bulletin} once more; it was not written" in err
    assert "van-ban.txt: is no bulletin" in err
    assert f"note: {bulletin}: item 3" in err
    assert f"{same}: item 3" not in err
    assert json.loads(Path(f"so/cchc-{DAY}.json").read_text(encoding="utf-8"))["date"] == DAY


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["so.txt", "--as", "book"], "--as book: is none of issue, articles, edits"),
        (["so.txt", "lan-hai.txt"], "say with --as whether they are issues or articles"),
        (["so.txt", "lan-hai.txt", "--as", "edits"], "--as edits takes one file"),
        (["so.txt", "--keep"], "go with --as edits"),
        (["so.txt", "--against", "a.json"], "go with --as edits"),
        (["so.txt", "so.txt", "--as", "issue"], "several issues are several files: name a folder with -o"),
        (["so.txt", "--date", "soon"], "--date soon: not a day"),
    ],
)
def test_wrong_use_is_told_with_its_remedy(diembao, tmp_path, arguments, said):
    _file(tmp_path / "so.txt", DAILY)
    _file(tmp_path / "lan-hai.txt", DAILY)
    status, out, err = diembao("import", *arguments)
    assert (status, out) == (2, "")
    assert said in err


@pytest.mark.parametrize(
    ("change", "options", "said"),
    [
        (("Phát hành: 02/03/2026", ""), (), "field date: no day of issue is found"),
        (
            ("Bản tin", "Phát hành: 03/03/2026"),
            (),
            "field date: the masthead names several days: 02/03/2026, 03/03/2026",
        ),
        (("Bản tin", "Bản tin"), ("--date", "2026-03-03"), "the masthead says 02/03/2026, the day given is 03/03/2026"),
        (
            ("\nCẢI CÁCH ĐỊA PHƯƠNG\n", "\nCHUYỆN LẠ\n"),
            (),
            "line 35, field sections: the section 'CHUYỆN LẠ' is unknown",
        ),
        (("Phát hành: 02/03/2026", ""), ("--profile", "khong-co"), "profile khong-co"),
    ],
)
def test_an_issue_that_cannot_be_made_is_one_line_and_leaves_the_file_as_it_was(
    diembao, tmp_path, change, options, said
):
    file = _file(tmp_path / "so.txt", DAILY.replace(*change))
    kept = _file(tmp_path / "issue.json", "{}")
    status, _, err = diembao("import", file, *options, "-o", kept)
    assert status == 3
    assert said in err
    assert err.count("\n") == 1
    assert kept.read_text(encoding="utf-8") == "{}"


def _edited(issue: Issue) -> Issue:
    first, *rest = issue.sections
    kept = (replace(first.items[0], headline="Một tít khác hẳn"), *first.items[2:])
    return replace(issue, sections=(replace(first, items=kept), *rest))


def test_edits_against_a_file_are_lines_for_machines_and_for_a_person(diembao, tmp_path):
    before = an_issue(items=10, sections=5)
    _issue_file(tmp_path / "issue.json", before)
    edited = _printed(tmp_path / "sua.txt", _edited(before))
    status, out, err = diembao("import", edited, "--as", "edits", "--against", "issue.json")
    assert status == 0
    changes = [json.loads(line) for line in out.splitlines()]
    assert [(one["item"], one["article"], one["change"]) for one in changes] == [
        (1, "a1", "headline"),
        (1, "a1", "contents_line"),
        (2, "a2", "dropped"),
    ]
    assert changes[0]["after"] == "Một tít khác hẳn"
    assert "-> Một tít khác hẳn" in err
    assert "item 2: dropped: " in err
    assert "note: changes: 1 contents_line, 1 dropped, 1 headline" in err
    status, out, err = diembao("import", edited, "--as", "edits", "--against", "issue.json", "--json")
    assert json.loads(err)["notes"][0] == "changes: 1 contents_line, 1 dropped, 1 headline"


def test_every_kind_of_change_is_told_to_a_person(diembao, tmp_path):
    before = an_issue(items=10, sections=5)
    _issue_file(tmp_path / "issue.json", before)
    first, second, *rest = before.sections
    new = replace(
        second.items[0],
        headline="Tin thêm vào",
        url="https://moi.example/1",
        outlet="Moi.example",
        paragraphs=("Câu mới.",),
        kinds=("p",),
    )
    cut = replace(first.items[0], paragraphs=first.items[0].paragraphs[:-1], kinds=first.items[0].kinds[:-1])
    turned = replace(first.items[1], paragraphs=first.items[1].paragraphs[::-1], kinds=first.items[1].kinds[::-1])
    after = replace(
        before, sections=(replace(first, items=(cut, turned)), replace(second, items=(*second.items, new)), *rest)
    )
    edited = _printed(tmp_path / "sua.txt", after)
    _, _, err = diembao("import", edited, "--as", "edits", "--against", "issue.json")
    assert "item 1: paragraphs: 1 gone or changed\n" in err
    assert "item 2: paragraphs: in another order" in err
    assert "now: inserted: Tin thêm vào" in err


def test_edits_against_the_offices_own_issue_become_decisions(diembao, tmp_path, home):
    before = an_issue(items=10, sections=5)
    edited = _printed(tmp_path / "sua.txt", _edited(before))
    options = ("--as", "edits", "--date", DAY, "--keep")
    status, _, err = diembao("import", edited, *options)
    assert status == 3
    assert "the database has no issue of cchc on 2026-03-02; name the day with --date, or --against" in err
    assert not home.exists()
    home.mkdir()
    engine = open_database(f"sqlite:///{home / 'diembao.db'}")
    with begin(engine) as session:
        save_draft(session, replace(before, hash=content_hash(before)))
        keep_article(session, an_article(id="a2"), source=None, page_id=None)
    status, _, err = diembao("import", edited, *options)
    assert status == 0
    assert "note: 10 decisions recorded" in err
    with reading(engine) as session:
        ((article, decision),) = decided(session)
    engine.dispose()
    assert (article.id, decision.deed, decision.profile, decision.day.isoformat()) == ("a2", "drop", "cchc", DAY)
    assert diembao("import", edited, "--as", "edits", "--date", "2026-03-03")[0] == 3


def test_the_day_of_an_edited_issue_is_the_mastheads_where_nobody_gives_one(diembao, tmp_path, home):
    before = an_issue(items=10, sections=5)
    edited = _printed(tmp_path / "sua.txt", _edited(before))
    home.mkdir()
    engine = open_database(f"sqlite:///{home / 'diembao.db'}")
    with begin(engine) as session:
        save_draft(session, replace(before, hash=content_hash(before)))
    engine.dispose()
    status, _, err = diembao("import", edited, "--as", "edits", "--keep")
    assert status == 0
    assert "note: 10 decisions recorded\n" in err
    status, _, err = diembao("import", edited, "--as", "edits", "--keep")
    assert status == 0
    assert "note: 0 decisions recorded; known before: 10\n" in err
    other = _printed(tmp_path / "hom-sau.txt", replace(before, date=before.date.replace(day=3)))
    status, _, err = diembao("import", other, "--as", "edits", "--keep")
    assert status == 3
    assert "the database has no issue of cchc on 2026-03-03; name the day" in err
    status, _, err = diembao("import", other, "--as", "edits", "--date", DAY)
    assert status == 3
    assert "the masthead says 03/03/2026, the day given is 02/03/2026; leave --date out" in err


def test_an_issue_compared_with_that_of_another_day_names_against(diembao, tmp_path):
    before = an_issue(items=10, sections=5)
    _issue_file(tmp_path / "khac.json", replace(before, date=before.date.replace(day=3)))
    edited = _printed(tmp_path / "sua.txt", before)
    status, _, err = diembao("import", edited, "--as", "edits", "--against", "khac.json")
    assert status == 3
    assert "the issue before is of 03/03/2026; name with --against the issue that was edited" in err
    assert "--date" not in err


def test_a_mail_is_refused_and_leaves_no_article(diembao, tmp_path):
    mail = _file(tmp_path / "so.eml", f"Subject: Ban tin\nMIME-Version: 1.0\n\n{DAILY}")
    for form in ((), ("--as", "articles"), ("--as", "issue"), ("--as", "edits")):
        status, out, err = diembao("import", mail, *form)
        assert (status, out) == (3, "")
        assert (
            err == f"diembao: {mail}: unknown-format (it is an e-mail; save the file attached to it and import that)\n"
        )


def test_an_issue_that_was_not_written_is_not_counted_as_printed(diembao, bulletin, tmp_path):
    same = _file(tmp_path / "lan-hai.txt", DAILY)
    status, _, err = diembao("import", bulletin, same, "--as", "issue", "-o", "so", "--json")
    assert status == 1
    report = json.loads(err)
    assert report["printed"] == 3
    assert sum(report["sections"].values()) == 3
    assert len(report["written"]) == 1


def test_items_without_an_article_are_passed_by_and_counted(diembao, tmp_path):
    before = an_issue(items=10, sections=5)
    first, *rest = before.sections
    nameless = replace(
        before, sections=(replace(first, items=tuple(replace(item, article=None) for item in first.items)), *rest)
    )
    _issue_file(tmp_path / "issue.json", nameless)
    edited = _printed(tmp_path / "sua.txt", nameless)
    status, _, err = diembao("import", edited, "--as", "edits", "--against", "issue.json", "--keep")
    assert status == 0
    assert "8 decisions recorded; passed by without a stored article: 2 items\n" in err
