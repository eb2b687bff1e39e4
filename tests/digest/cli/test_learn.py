import json
from datetime import date

import pytest

from classifiers import modelfile
from digest.demo.press import article_of, load, pieces_of
from digest.model import SECTION_KEYS
from digest.wire import dump, dumps
from tests.fakes import SHARED, an_article, needs_shared

AREAS = ("the_che", "tthc", "bo_may", "cong_vu", "tai_chinh", "so")


@pytest.fixture
def corpus(tmp_path):
    """The demo newsroom's articles with the labels that its makers gave them; a dozen of them are a whole day."""
    path = tmp_path / "nhan.jsonl"
    pieces = [piece for piece in pieces_of(load()) if piece.told.reprint_of is None]
    relevant = [piece for piece in pieces if piece.told.section]
    whole_day = {id(piece) for piece in [*relevant[:4:2], *[one for one in pieces if not one.told.section][:10]]}
    lines = []
    for n, piece in enumerate(pieces):
        article = article_of(piece, "http://127.0.0.1:1")
        label = {
            "rel": (2 - n % 2) if piece.told.section else 0,
            "section": piece.told.section,
            "areas": [AREAS[n % 6]] if piece.told.section else [],
            "provinces": list(piece.told.provinces) if piece.told.section else [],
            "set": "day" if id(piece) in whole_day else "active",
            "day": "2026-03-02" if id(piece) in whole_day else "2026-02-27",
        }
        lines.append(dumps(dump(article) | label))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_training_twice_gives_the_same_file_and_judges_with_it(diembao, corpus, tmp_path):
    one, two = tmp_path / "mot.model", tmp_path / "hai.model"
    status, out, err = diembao("train", "--corpus", corpus, "-o", one, "--date", "2026-03-02")
    assert status == 0, err
    assert "rel_f1" in out
    assert out.splitlines()[-1] == str(one)
    assert diembao("train", "--corpus", corpus, "-o", two, "--date", "2026-03-02", "--no-measure")[0] == 0
    assert diembao("train", "--corpus", corpus, "-o", two, "--date", "2026-03-02")[0] == 0
    assert one.read_bytes() == two.read_bytes()
    status, out, _ = diembao("evaluate", corpus, "--labels", corpus, "--model", one, "--json")
    assert status == 0
    figures = json.loads(out)
    assert tuple(figures)[:10] == (
        *("rel_f1", "precision", "recall", "core_recall", "section_macro_f1", "areas_f1", "provinces_f1"),
        *("ece", "brier_skill", "n"),
    )
    assert set(figures) - set(tuple(figures)[:10]) == {
        *("intervals", "sections", "confusion", "bins", "outlets", "months", "worst"),
    }
    assert figures["n"] == sum(one["n"] for one in figures["bins"]) == 46
    assert figures["rel_f1"] > 0.9
    low, high = figures["intervals"]["rel_f1"]
    assert low <= figures["rel_f1"] <= high
    card = modelfile.read(one).card
    assert (card.rows, card.days, card.measured) == (
        46,
        (date(2026, 3, 2),),
        "on what was left out of training, near-copies too: 2026-03-02",
    )
    assert set(card.intervals) <= set(card.figures)
    assert card.program


def test_a_day_that_cannot_be_left_out_is_not_measured_and_says_so(diembao, corpus, tmp_path):
    one_day = corpus.read_text(encoding="utf-8").replace('"active"', '"day"').replace("2026-02-27", "2026-03-02")
    corpus.write_text(one_day, encoding="utf-8")
    status, _, err = diembao("train", "--corpus", corpus, "-o", tmp_path / "m", "--date", "2026-03-02")
    assert status == 0, err
    assert "note: not measured: " in err
    assert (tmp_path / "m").stat().st_size


def test_near_copies_alone_cannot_teach(diembao, tmp_path):
    titles = ("Phường {n} trả kết quả thủ tục hành chính tại nhà", "Đội bóng {n} thắng trận thứ ba liên tiếp trên sân")
    lines = []
    for n in range(60):
        article = an_article(id=f"a{n}", url=None, title=titles[n % 2].format(n=n), sapo=None, paragraphs=())
        section = SECTION_KEYS[n // 2 % 5] if n % 2 == 0 else None
        label = {"rel": 2 if section else 0, "section": section, "areas": [AREAS[n // 2 % 6]] if section else []}
        lines.append(dumps(dump(article) | label))
    (tmp_path / "nhan.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    status, _, err = diembao("train", "--corpus", tmp_path / "nhan.jsonl", "-o", tmp_path / "m")
    assert status == 3
    assert "unlike articles cannot teach a model" in err
    assert not (tmp_path / "m").exists()


def test_a_corpus_that_cannot_teach_is_named(diembao, tmp_path):
    (tmp_path / "it.jsonl").write_text('{"id": "a", "title": "một cửa", "rel": 0}\n', encoding="utf-8")
    status, _, err = diembao("train", "--corpus", tmp_path / "it.jsonl", "-o", tmp_path / "m")
    assert status == 3
    assert not (tmp_path / "m").exists()
    assert "diembao: " in err


def test_bad_labels_are_skipped_and_named(diembao, corpus, tmp_path):
    labels = tmp_path / "l.jsonl"
    labels.write_text(
        '{"id": "a1", "rel": 2, "section": "the_thao"}\nkhông\n{"id": "a2", "rel": 0}\n', encoding="utf-8"
    )
    status, out, err = diembao("evaluate", corpus, "--labels", labels)
    assert status == 1
    assert "l.jsonl, line 1, field section: no section is called 'the_thao'" in err
    assert "l.jsonl, line 2: not JSON" in err
    assert "46 of 46 articles have no label" in err
    assert ["n", "0"] in [line.split() for line in out.splitlines()]


def test_labels_that_measure_nothing_are_refused(diembao, corpus, tmp_path):
    labels = tmp_path / "l.jsonl"
    labels.write_text('{"id": "khac", "rel": 0}\n', encoding="utf-8")
    status, _, err = diembao("evaluate", corpus, "--labels", labels)
    assert (status, "l.jsonl" in err, "none of the articles has a label" in err) == (3, True, True)
    assert diembao("evaluate", "-", "--labels", "-")[0] == 2


def test_two_labels_of_one_article_that_differ_are_refused(diembao, corpus, tmp_path):
    labels = tmp_path / "l.jsonl"
    labels.write_text('{"id": "a1", "rel": 0}\n{"id": "a1", "rel": 2, "section": "quan_ly"}\n', encoding="utf-8")
    status, _, err = diembao("evaluate", corpus, "--labels", labels)
    assert (status, "two labels of 'a1' differ" in err) == (3, True)


@needs_shared
def test_a_real_day_is_evaluated(diembao):
    day = SHARED / "stream" / "2026-01-13.articles.jsonl"
    status, out, _ = diembao("evaluate", day, "--labels", SHARED / "stream" / "2026-01-13.labels.jsonl", "--json")
    assert status == 0
    assert json.loads(out)["n"] == 502


def test_figures_for_a_person_are_a_hundred_columns_wide_at_most(diembao, corpus):
    labels = corpus.read_text(encoding="utf-8").replace('"rel": 0, "section": null', '"rel": 1, "section": "quan_ly"')
    (corpus.parent / "sai.jsonl").write_text(labels, encoding="utf-8")
    status, out, err = diembao("evaluate", corpus, "--labels", corpus.parent / "sai.jsonl")
    assert status == 0, err
    for heading in ("section, of relevant", "label, said as", "relevance said", "outlet", "month", "the worst errors"):
        assert heading in out
    assert max(len(line) for line in out.splitlines()) <= 100
    assert "said not_relevant, label quan_ly: " in out


def test_what_the_model_has_learnt_from_is_told_and_can_be_left_out(diembao, corpus, tmp_path):
    first, rest = tmp_path / "dau.jsonl", corpus.read_text(encoding="utf-8").splitlines(keepends=True)
    first.write_text("".join(rest[:43]), encoding="utf-8")
    assert diembao("train", "--corpus", first, "-o", tmp_path / "m", "--no-measure")[0] == 0
    arguments = ("evaluate", corpus, "--labels", corpus, "--model", tmp_path / "m", "--json")
    status, out, err = diembao(*arguments)
    assert (status, json.loads(out)["n"]) == (0, 46)
    assert "43 of 46 articles were learnt by judge-" in err
    status, out, err = diembao(*arguments, "--unseen")
    assert (status, json.loads(out)["n"]) == (0, 3)
    assert "and are left out" in err


def test_a_corpus_is_measured_by_days_in_turn(diembao, corpus):
    status, out, err = diembao("evaluate", "--corpus", corpus, "--json")
    assert (status, json.loads(out)["n"]) == (0, 12), err
    assert "near-copies too: 2026-03-02" in err


def test_a_corpus_without_a_whole_day_names_the_other_way(diembao, corpus):
    corpus.write_text(corpus.read_text(encoding="utf-8").replace('"day", "day"', '"active", "day"'), encoding="utf-8")
    status, _, err = diembao("evaluate", "--corpus", corpus)
    assert status == 3
    assert "--folds stories" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("evaluate",),
        ("evaluate", "a.jsonl"),
        ("evaluate", "a.jsonl", "--labels", "b.jsonl", "--corpus", "c.jsonl"),
        ("evaluate", "--corpus", "c.jsonl", "--unseen"),
        ("train", "--alone"),
        ("train", "--no-measure"),
        ("train", "--rollback", "--list"),
        ("train", "--rollback", "--corpus", "c.jsonl"),
    ],
)
def test_options_that_mean_nothing_together_are_refused(diembao, arguments):
    assert diembao(*arguments)[0] == 2
