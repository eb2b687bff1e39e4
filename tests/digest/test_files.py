import gzip
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from digest.errors import InputError, OutputError
from digest.files import json_lines, read_bytes, read_lines, read_text, write_whole


def test_a_packed_file_is_read_as_it_is(tmp_path):
    path = tmp_path / "bai.jsonl.gz"
    path.write_bytes(gzip.compress('{"title": "một cửa"}\n\n{"title": "b"}'.encode()))
    assert list(read_lines(path)) == [(1, {"title": "một cửa"}), (3, {"title": "b"})]


def test_a_bad_line_is_named_and_the_others_are_read(tmp_path):
    path = tmp_path / "bai.jsonl"
    path.write_text('{"title": "a"}\nkhông phải JSON\n{"title": "b"}\n')
    lines = list(read_lines(path))
    assert [number for number, _ in lines] == [1, 2, 3]
    assert isinstance(lines[1][1], InputError)
    assert str(lines[1][1]).startswith(f"{path}, line 2: not JSON")


@pytest.mark.parametrize("content", [b"\x1f\x8bkh\xc3\xb4ng", gzip.compress(b"x" * 99, mtime=0)[:-9]])
def test_a_damaged_packed_file_is_named(tmp_path, content):
    path = tmp_path / "bai.gz"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"bai.gz: cannot be read"):
        read_text(path)


def test_a_missing_file_and_a_wrong_encoding_are_named(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        read_text(tmp_path / "khong-co.json")
    (tmp_path / "latin.txt").write_bytes(b"\xe0\xe1\xff")
    with pytest.raises(InputError, match=r"latin.txt: is not UTF-8 text"):
        read_text(tmp_path / "latin.txt")


def test_a_dash_is_the_standard_stream(monkeypatch, capfdbinary):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"title": 1')))
    (entry,) = read_lines("-")
    assert str(entry[1]).startswith("<stdin>, line 1: not JSON")
    write_whole("-", "một\n".encode())
    assert capfdbinary.readouterr().out == "một\n".encode()


def test_a_file_is_written_whole_with_the_usual_rights(tmp_path):
    target = tmp_path / "moi" / "so.json"
    write_whole(target, json_lines(["a", "b"]))
    assert target.read_bytes() == b"a\nb\n"
    assert target.stat().st_mode & 0o777 == 0o666 & ~_umask()
    assert [path.name for path in target.parent.iterdir()] == ["so.json"]


def test_what_a_killed_writer_left_is_cleared_and_a_living_ones_part_stays(tmp_path):
    dead = subprocess.Popen(["true"])
    dead.wait()
    (tmp_path / f".so.json.{dead.pid}.part").write_bytes(b"half")
    (tmp_path / ".so.json.1.part").write_bytes(b"of the first process, which lives")
    (tmp_path / ".so.json.khac.part").write_bytes(b"not ours")
    write_whole(tmp_path / "so.json", b"x")
    assert {path.name for path in tmp_path.iterdir()} == {"so.json", ".so.json.1.part", ".so.json.khac.part"}


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    (tmp_path / "so.json").mkdir()
    with pytest.raises(OutputError, match=r"so.json: cannot be written: Is a directory; name a file"):
        write_whole(tmp_path / "so.json", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["so.json"]


def test_a_pipe_and_a_link_stay_what_they_are(tmp_path):
    (tmp_path / "that.json").write_bytes(b"cu")
    (tmp_path / "lien-ket.json").symlink_to("that.json")
    write_whole(tmp_path / "lien-ket.json", b"moi")
    assert (tmp_path / "lien-ket.json").is_symlink()
    assert (tmp_path / "that.json").read_bytes() == b"moi"
    (tmp_path / "chua-co.json").symlink_to("se-co.json")
    write_whole(tmp_path / "chua-co.json", b"moi")
    assert (tmp_path / "se-co.json").read_bytes() == b"moi"
    write_whole("/dev/null", b"x")
    assert not Path("/dev/null").is_file()
    with pytest.raises(OutputError, match="/dev/full: cannot be written"):
        write_whole("/dev/full", b"x")


def test_a_full_disk_leaves_the_old_file_as_it_was():
    with pytest.raises(OutputError, match=r"/dev/full/so.json: cannot be written: .*; free space or choose"):
        write_whole("/dev/full/so.json", b"x")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_file_that_unpacks_without_end_is_refused(tmp_path):
    path = tmp_path / "bom.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(1100):
            file.write(bytes(1 << 20))
    with pytest.raises(InputError, match=r"bom.gz: unpacks to more than 1024 MB"):
        read_bytes(path)
