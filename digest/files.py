"""Files in and out: `-` is the standard stream, `.gz` is read as it is, a result is written whole or not at all."""

import contextlib
import glob
import gzip
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from digest.errors import InputError, OutputError
from digest.wire import Raw, parse

STDIN = "-"
_LARGEST = 1 << 30  # bytes


def name_of(path: str | Path) -> str:
    """What messages call the file."""
    return "<stdin>" if str(path) == STDIN else str(path)


def read_bytes(path: str | Path) -> bytes:
    """The whole file, unpacked where it is gzip by its bytes; InputError names the file.

    InputError too where it unpacks to more than a gigabyte: no corpus does, and a bomb would take all memory.
    """
    try:
        data = sys.stdin.buffer.read() if str(path) == STDIN else Path(path).read_bytes()
        plain = _unpacked(data) if data[:2] == b"\x1f\x8b" else data
    except (OSError, EOFError, zlib.error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"cannot be read: {reason}", source=name_of(path)) from error
    if len(plain) > _LARGEST:
        raise InputError(f"unpacks to more than {_LARGEST >> 20} MB; unpack it and name a part", source=name_of(path))
    return plain


def _unpacked(data: bytes) -> bytes:
    with gzip.open(BytesIO(data)) as file:
        return file.read(_LARGEST + 1)


def read_text(path: str | Path) -> str:
    """The whole file as UTF-8 text; InputError names the file."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"is not UTF-8 text (byte {error.start})", source=name_of(path)) from error


def read_lines(path: str | Path) -> Iterator[tuple[int, Raw | InputError]]:
    """Each line of a JSON Lines file with its number: the object, or what is wrong with it. Blank lines are passed."""
    for number, line in enumerate(read_bytes(path).split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            yield number, parse(line, source=name_of(path), number=number)
        except InputError as error:
            yield number, error


def write_whole(path: str | Path, data: bytes) -> None:
    """Write the file so that a reader sees the old content or the new one; OutputError names it and the remedy."""
    if str(path) == STDIN:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    target = Path(path)
    if target.is_symlink() or (target.exists() and not target.is_file()):
        _write_through(target, data)
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _clear_after_the_dead(target)
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise _unwritable(target, error) from error


def _write_through(target: Path, data: bytes) -> None:
    """Into a device or a pipe, or to where a link leads: what the name stands for must stay what it is."""
    try:
        if target.resolve().is_file() or not target.exists():
            write_whole(target.resolve(), data)
        else:
            target.write_bytes(data)
    except OSError as error:
        raise _unwritable(target, error) from error


def _unwritable(target: Path, error: OSError) -> OutputError:
    is_folder = isinstance(error, IsADirectoryError)
    remedy = "name a file" if is_folder else "free space or choose a writable folder with -o"
    return OutputError(f"{target}: cannot be written: {error.strerror or error}; {remedy}")


def _clear_after_the_dead(target: Path) -> None:
    """Remove the parts that killed writers of this very file left behind; a living writer's part stays."""
    for part in target.parent.glob(f".{glob.escape(target.name)}.*.part"):
        writer = part.name.removesuffix(".part").rpartition(".")[2]
        if writer.isdigit() and not Path(f"/proc/{writer}").exists():
            part.unlink(missing_ok=True)


def json_lines(texts: Iterable[str]) -> bytes:
    """One text a line, UTF-8."""
    # Half a character, which JSON can spell, has no UTF-8: it becomes a question mark rather than cost the file.
    return "".join(f"{text}\n" for text in texts).encode(errors="replace")
