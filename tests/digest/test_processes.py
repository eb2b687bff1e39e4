"""A process that we started ends with its parent, even with one that ended before it could say so."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def ran(call: str) -> int:
    script = f"from digest.processes import end_with_parent\nimport os\n{call}\nraise SystemExit(7)"
    return subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode


def test_a_process_whose_parent_is_there_goes_on():
    assert ran("end_with_parent(os.getppid())") == 7
    assert ran("end_with_parent()") == 7


def test_a_process_whose_parent_ended_before_ends_at_once():
    assert ran("end_with_parent(os.getppid() + 1)") == 1
