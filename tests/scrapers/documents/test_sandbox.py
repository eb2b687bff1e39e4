import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from digest.errors import ExtractError
from scrapers.documents import sandbox
from scrapers.documents.sandbox import Limits, read_apart
from tests.scrapers.documents.makers import PROSE, a_drawn_pdf, a_pdf, a_picture_pdf, assembled

URL = "https://lua.example/so-3.pdf"
ROOT = Path(sandbox.__file__).parents[2]

LIMITED = """
import resource
from scrapers.documents.sandbox import main
status = main(["5", "900", "3"])
print(resource.getrlimit(resource.RLIMIT_AS)[0] >> 20, status)
"""


def bomb(size: int, content: bytes = b" ") -> bytes:
    """A page whose content unpacks to `size` megabytes."""
    packer = zlib.compressobj()
    packed = b"".join(packer.compress(content * (1024 * 1024 // len(content))) for _ in range(size)) + packer.flush()
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            f"<< /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode() + packed + b"\nendstream",
        ]
    )


def error_of(body: bytes, limits: Limits = sandbox.LIMITS) -> ExtractError:
    with pytest.raises(ExtractError) as caught:
        read_apart(body, url=URL, limits=limits)
    assert caught.value.url == URL
    return caught.value


def test_a_pdf_is_read_in_a_process_of_its_own():
    told = read_apart(a_pdf("= Một cửa\n" + "\n\n".join(PROSE)), url=URL)
    assert [one.text for one in told.paragraphs] == ["Một cửa", *PROSE]


def test_what_is_wrong_with_it_comes_back_with_its_kind_and_remedy():
    error = error_of(a_picture_pdf())
    assert (error.kind, "text recogniser" in error.detail) == ("no-text", True)
    assert error_of(a_pdf(PROSE[0])[:-50]).kind == "damaged"


def test_five_thousand_pages_are_bounded():
    body = a_drawn_pdf([[("Helvetica", 11, 60, 700, "Trang nay co chu")]] * 5_000)
    told = read_apart(body, url=URL, limits=Limits(pages=20))
    assert told.flags == ("pages-left-out",)


def test_a_stream_that_unpacks_without_end_is_too_large():
    assert error_of(bomb(700), Limits(megabytes=400)).kind == "too-large"


def test_work_without_end_is_stopped():
    dense = a_drawn_pdf([[("Helvetica", 8, 60, 700, "abc " * 20)] * 4_000] * 40, filters=True)
    assert error_of(dense, Limits(seconds=1, wall=3)).kind == "too-large"


@pytest.mark.parametrize(
    ("end", "kind"), [("kill -TRAP $$", "too-large"), ("kill -ILL $$", "too-large"), ("kill -SEGV $$", "damaged")]
)
def test_the_ways_pdfium_ends_without_memory_are_known(
    end: str, kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    failing = tmp_path / "python"
    failing.write_text(f"#!/bin/sh\ncat > /dev/null\n{end}\n")
    failing.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(failing))
    assert error_of(b"").kind == kind


def test_the_process_itself_limits_its_memory_and_says_so():
    command = [sys.executable, "-c", LIMITED]
    ran = subprocess.run(command, cwd=ROOT, input=a_picture_pdf(), capture_output=True, check=True)
    assert ran.stdout.split() == [b"900", b"1"]
    assert ran.stderr.startswith(b"no-text: ")
