import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from digest.cli.main import main, status_of


def test_help_lists_every_command(diembao):
    status, out, _ = diembao("--help")
    assert status == 0
    for name in (
        "demo",
        "run",
        "collect",
        "discover",
        "extract",
        "judge",
        "stories",
        "draft",
        "render",
        "train",
        "issues",
        "users",
    ):
        assert f"  {name} " in out


def test_without_a_command_the_help_is_shown_and_the_use_is_wrong(diembao):
    status, out, err = diembao()
    assert status == 2
    assert "Commands:" in out + err


def test_the_version_is_shown(diembao):
    assert diembao("--version")[1].startswith("diembao 0.")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["lam-bao"], "No such command 'lam-bao'"),
        (["draft"], "Missing option '--from'"),
        (["draft", "--from", "x.jsonl", "--date", "hôm nay"], "--date hôm nay: not a day; write it as 2026-03-02"),
        (["render", "x.json", "--format", "pdf,mp3"], "--format mp3: unknown; known: html, pdf"),
        (["render", "x.json", "--format", ","], "--format: names no format"),
        (["extract", "a.html", "b.html", "--url", "https://baolua.example/a"], "--url names the address of one page"),
        (["sources", "show", "khong-co"], "not in the catalogue"),
        (["why", "khong-phai-dia-chi"], "is no whole address"),
        (["collect", "--source", "khong-co"], "--source khong-co: not in the catalogue"),
    ],
)
def test_wrong_use_is_one_line_and_status_2(diembao, arguments, message):
    status, out, err = diembao(*arguments)
    assert (status, out) == (2, "")
    assert message in err
    assert err.startswith("diembao: ")
    assert err.count("\n") == 1


def test_an_interrupt_is_status_130(monkeypatch, capsys):
    def interrupted(**_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("digest.cli.main.app", interrupted)
    assert status_of(["run"]) == 130
    assert capsys.readouterr().err == "diembao: interrupted\n"


def test_a_real_interrupt_of_a_real_process_is_status_130():
    process = subprocess.Popen(
        [sys.executable, "-m", "digest.cli.main", "judge", "-"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    # More than the pipe holds: the write ends when the command is reading, and it goes on waiting for more.
    process.stdin.write(b'{"title": "a"}\n' * 20_000)
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"interrupted" in err


def test_a_service_managers_stop_ends_it_the_same_way():
    process = subprocess.Popen(
        [sys.executable, "-m", "digest.cli.main", "judge", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.write(b'{"title": "a"}\n' * 20_000)
    process.stdin.flush()
    process.terminate()
    assert b"interrupted" in process.communicate(timeout=30)[1]
    assert process.returncode == 130


def test_a_command_that_is_killed_leaves_no_worker_behind(tmp_path):
    path = tmp_path / "bai.jsonl"
    path.write_text('{"title": "Xã trả kết quả thủ tục hành chính sớm"}\n' * 3000, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "digest.cli.main", "judge", str(path), "-o", str(tmp_path / "ra")]
    )
    workers: set[int] = set()
    until = time.monotonic() + 60
    while len(workers) < 2 and time.monotonic() < until:
        workers = {child for child in _children(process.pid) if "spawn_main" in _command(child)}
        time.sleep(0.1)
    time.sleep(4)  # they set their signal when they begin, after their imports
    process.kill()
    process.wait()
    until = time.monotonic() + 20
    while any("spawn_main" in _command(worker) for worker in workers) and time.monotonic() < until:
        time.sleep(0.1)
    assert len(workers) == 2
    assert not [worker for worker in workers if "spawn_main" in _command(worker)]


def _children(parent: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False)
    return [int(pid) for pid in listed.stdout.split()]


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def test_an_argument_that_is_no_text_is_wrong_use(diembao):
    status, _, err = diembao("why", "https://a.example/\udcff")
    assert (status, err) == (2, "diembao: an argument is not UTF-8 text\n")


def test_a_full_standard_output_is_status_3(monkeypatch, capsys):
    def full(**_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("digest.cli.main.app", full)
    assert status_of(["sources", "list"]) == 3
    assert capsys.readouterr().err == "diembao: standard output: No space left on device\n"


def test_a_reader_that_goes_away_is_no_crash():
    command = f"{sys.executable} -m digest.cli.main sources list --json | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=True)
    assert done.stdout.startswith(b"{")
    assert b"Traceback" not in done.stderr


def test_main_leaves_with_the_status():
    with pytest.raises(SystemExit) as left:
        main(["lam-bao"])
    assert left.value.code == 2


def test_a_wrong_settings_file_is_status_3(diembao, tmp_path):
    (tmp_path / "diembao.toml").write_text("mau = 1")
    status, _, err = diembao("sources", "list")
    assert status == 3
    assert "key mau: unknown" in err
