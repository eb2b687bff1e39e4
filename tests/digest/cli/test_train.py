"""`diembao train` in an office: onto the model in use, in its place or not, and back."""

import json
from dataclasses import replace

import pytest

from classifiers import modelfile
from digest.model import Decision
from digest.settings import load
from digest.wire import dump, dumps
from storage.articles import keep_article
from storage.database import begin, open_database
from storage.decisions import keep_decisions
from tests.classifiers.fakes import LATER, decided_rows, invented_rows
from tests.fakes import at

SHIPPED = modelfile.read().card.name


def labelled_lines(rows):
    lines = []
    for row in rows:
        label = {"rel": row.label.rel, "section": row.label.section, "areas": list(row.label.areas)}
        lines.append(
            dumps(dump(row.article) | label | {"set": row.sample, "day": row.day and row.day.isoformat()}) + "\n"
        )
    return "".join(lines)


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "nhan.jsonl"
    path.write_text(labelled_lines(invented_rows()), encoding="utf-8")
    return path


@pytest.fixture
def office(home):
    """An office whose editors decided on eight days, each article stored; two more articles nobody decided."""
    home.mkdir()
    engine = open_database(f"sqlite:///{home / 'diembao.db'}")
    with begin(engine) as session:
        for row in (*decided_rows(), *invented_rows()[-2:]):
            keep_article(session, row.article, source=None, page_id=None)
        keep_decisions(
            session,
            [
                Decision(
                    article=row.article.id,
                    profile="cchc",
                    day=row.day,
                    deed="keep" if row.label.rel else "drop",
                    section=row.label.section,
                    moment=at(f"{row.day} 09:00"),
                )
                for row in decided_rows()
                if row.day
            ],
        )
    engine.dispose()
    return home


def test_decisions_are_learnt_onto_the_model_in_use_and_rolled_back(diembao, office):
    status, out, err = diembao("train", "--date", "2026-07-14")
    assert status == 0, err
    lines = out.splitlines()
    assert lines[-1] == str(office / "model.diembao")
    assert lines[-2].startswith("replaced: not worse: rel_f1 +")
    assert any(line.startswith("2026-07-10 to 2026-07-13: old judged as it is") for line in lines)
    card = modelfile.read(office / "model.diembao").card
    assert (card.base, card.rows, card.trained.isoformat()) == (SHIPPED, 48, "2026-07-14")
    assert load({"DIEMBAO_HOME": str(office)}, folder=office).model == office / "model.diembao"
    assert (
        diembao("train", "--list")[1].splitlines()[0].startswith(f"in use  {card.name}: 48 rows onto {SHIPPED}; rel_f1")
    )
    status, out, err = diembao("train", "--date", "2026-07-14")
    assert status == 0, err
    assert "the model in use is the very same" in out
    status, out, err = diembao("train", "--rollback")
    assert (status, out.strip()) == (0, SHIPPED)
    assert f"{card.name} no more" in err
    assert diembao("train", "--rollback")[0] == 3
    assert [card["name"] for card in json.loads(diembao("train", "--list", "--json")[1])["models"]] == [SHIPPED]


def turned(row, copy):
    """The opposite of what the office decided, of the same words."""
    label = replace(row.label, rel=0, section=None) if row.label.rel else replace(row.label, rel=1, section="phan_tich")
    return replace(row, article=replace(row.article, id=f"{row.article.id}-{copy}"), label=label)


def test_a_model_that_is_worse_is_not_put_in_use_and_says_so(diembao, office, corpus, tmp_path):
    base = ("train", "--corpus", corpus, "-o", office / "model.diembao", "--date", "2026-07-02", "--no-measure")
    assert diembao(*base)[0] == 0
    assert diembao("train", "--date", "2026-07-14")[0] == 0
    in_use = (office / "model.diembao").read_bytes()
    wrong = [turned(row, copy) for row in decided_rows()[:24] for copy in range(2)]
    (tmp_path / "nguoc.jsonl").write_text(labelled_lines(wrong), encoding="utf-8")
    arguments = ("train", "--corpus", tmp_path / "nguoc.jsonl", "--onto", "--date", "2026-07-15")
    status, out, _ = diembao(*arguments, "--json")
    assert status == 1, out
    told = json.loads(out)
    assert told["verdict"] == "kept"
    assert "worse" in told["reason"]
    assert set(told["ways"].values()) == {"made anew without them from the rows it knows"}
    assert min(gain for gain, _, _ in told["gains"].values()) < 0
    gain, low, high = told["gains"]["rel_f1"]
    assert low <= gain <= high
    assert (office / "model.diembao").read_bytes() == in_use
    assert told["model"] == modelfile.read(office / "model.diembao").card.name


def test_a_corpus_is_measured_by_stories_in_turn(diembao, corpus):
    status, out, err = diembao("evaluate", "--corpus", corpus, "--folds", "stories", "--json")
    assert status == 0, err
    assert json.loads(out)["n"] == 72
    assert set(json.loads(out)["months"]) == {"2026-03", "unknown"}


def test_a_model_of_files_alone_is_compared_with_one_of_the_same_files(diembao, home, corpus):
    assert (
        diembao("train", "--corpus", corpus, "-o", home / "model.diembao", "--date", "2026-07-02", "--no-measure")[0]
        == 0
    )
    before = modelfile.read(home / "model.diembao").card.name
    status, out, err = diembao("train", "--corpus", corpus, "--date", "2026-07-03")
    assert status == 0, err
    ways = [line for line in out.splitlines() if "old made anew without them from the rows it knows" in line]
    assert [line[:10] for line in ways] == ["2026-03-02", "2026-03-03"]
    assert "replaced: not worse: rel_f1 +0.000 [+0.000, +0.000]" in out
    assert diembao("train", "--rollback")[1].strip() == before


def test_rows_that_cannot_be_compared_leave_the_model_in_use(diembao, office, tmp_path):
    few = tmp_path / "it.jsonl"
    few.write_text(labelled_lines([replace(row, day=LATER) for row in decided_rows()]) + "không\n", encoding="utf-8")
    (office / "diembao.db").unlink()
    status, out, err = diembao("train", "--corpus", few, "--onto")
    assert status == 1
    assert "skipped: " in err
    assert "it.jsonl, line 49: not JSON" in err
    assert "kept: not compared: the rows are of 1 days" in out
    assert not (office / "model.diembao").exists()


def test_a_verdict_without_figures_is_told_as_json_too(diembao, office, tmp_path):
    few = tmp_path / "it.jsonl"
    few.write_text(labelled_lines([replace(row, day=LATER) for row in decided_rows()]), encoding="utf-8")
    (office / "diembao.db").unlink()
    status, out, _ = diembao("train", "--corpus", few, "--onto", "--json")
    assert status == 1
    assert set(json.loads(out)) == {"verdict", "reason", "model"}


def test_an_office_without_decisions_is_told_that_there_is_nothing_to_learn(diembao):
    status, _, err = diembao("train")
    assert status == 3
    assert "no editor's decision is kept yet" in err


def test_the_files_of_an_office_are_learnt_onto_a_model_in_a_file_of_its_own(diembao, office, tmp_path):
    status, out, err = diembao("train", "-o", tmp_path / "rieng.diembao", "--date", "2026-07-14", "--json")
    assert status == 0, err
    assert json.loads(out)["path"] == str(tmp_path / "rieng.diembao")
    assert modelfile.read(tmp_path / "rieng.diembao").card.base == SHIPPED
    assert not (office / "model.diembao").exists()


def test_a_model_that_the_settings_name_is_never_replaced(diembao, office, monkeypatch):
    monkeypatch.setenv("DIEMBAO_MODEL", str(modelfile.SHIPPED))
    for arguments in (("train",), ("train", "--rollback"), ("train", "--list")):
        status, _, err = diembao(*arguments)
        assert status == 3
        assert "remove the key model" in err
    assert not (office / "models").exists()
