import os
import pty
import subprocess
import sys
from datetime import date

from digest.cli.console import close, report_lines
from digest.pipeline.report import Report, Trouble, counted
from digest.wire import dump, dumps
from tests.fakes import an_article


def test_the_report_says_only_what_there_is_to_say():
    assert report_lines(Report()) == []
    lines = report_lines(
        Report(
            day=date(2026, 3, 2),
            collected=52,
            printed=14,
            sections={"chu_truong": 3},
            dropped={"reprint": 6},
            failed={"captcha": 1},
            notes=("một chữ không in được",),
            seconds={"collect": 1.25},
        )
    )
    assert lines == [
        "articles collected       52",
        "printed                  14",
        "in section                3  chu_truong",
        "dropped                   6  reprint",
        "failed                    1  captcha",
        "note: một chữ không in được",
        "seconds             collect 1.2",
    ]


def test_a_long_list_of_troubles_is_cut_for_a_person_and_counted(capsys):
    troubles = [Trouble(stage="fetch", kind="timeout", subject=f"https://baolua.example/{n}") for n in range(25)]
    assert close(Report(), troubles, as_json=False) == 1
    shown = capsys.readouterr().err
    assert shown.count("fetch: timeout") == 20
    assert "… and 5 more; --json lists them all" in shown
    assert "failed                   25  timeout" in shown


def test_words_are_counted_most_frequent_first():
    assert list(counted(["b", "a", "b", "c"]).items()) == [("b", 2), ("a", 1), ("c", 1)]


def test_on_a_terminal_progress_is_a_bar(tmp_path):
    path = tmp_path / "bai.jsonl"
    path.write_text(dumps(dump(an_article())) + "\n", encoding="utf-8")
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "digest.cli.main", "judge", str(path), "-o", str(tmp_path / "ra.jsonl")],
        stderr=theirs,
        check=False,
    )
    os.close(theirs)
    shown = b""
    while chunk := _read(ours):
        shown += chunk
    os.close(ours)
    assert done.returncode == 0
    assert "judging" in shown.decode()
    assert "1/1" in shown.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end is closed and all is read
        return b""
