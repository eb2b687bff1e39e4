"""Values that the storage tests keep, and ways to reach a database."""

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from digest.model import Image, Issue, Item, Judgement, Page, Section
from tests.fakes import at

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 3, 2)


def a_page(**fields: object) -> Page:
    body = str(fields.pop("text", "<h1>Một cửa gần dân</h1>")).encode()
    known: dict[str, object] = {
        "url": "https://baolua.example/mot-cua-a1.html",
        "asked": "https://baolua.example/a1",
        "status": 200,
        "headers": (("content-type", "text/html; charset=utf-8"), ("set-cookie", "a=1"), ("set-cookie", "b=2")),
        "body": body,
        "fetched": at("2026-03-02 08:00"),
        "sha256": hashlib.sha256(body).hexdigest(),
    }
    return Page(**(known | fields))  # type: ignore[arg-type]  # the caller names real fields


def a_judgement(**fields: object) -> Judgement:
    known: dict[str, object] = {
        "relevance": 0.93,
        "selected": True,
        "section": "dia_phuong",
        "section_confidence": 0.8,
        "areas": ("tthc", "so"),
        "provinces": ("Cần Thơ",),
        "provinces_as_written": ("Hậu Giang",),
        "model": "m1",
    }
    return Judgement(**(known | fields))  # type: ignore[arg-type]  # the caller names real fields


def an_item(number: int = 1, **fields: object) -> Item:
    known: dict[str, object] = {
        "number": number,
        "headline": f"Cần Thơ: Bộ phận một cửa mở thêm buổi chiều thứ {number}",
        "contents_line": "Cần Thơ: Một cửa mở thêm buổi",
        "article": f"a{number}",
        "paragraphs": ("Người dân nộp hồ sơ sau giờ làm việc.",),
        "outlet": "Baolua.example",
        "published": DAY,
        "url": f"https://baolua.example/a{number}",
        "images": (Image(src="https://baolua.example/a1.jpg", caption="Ảnh: Lê Bến"),),
    }
    return Item(**(known | fields))  # type: ignore[arg-type]  # the caller names real fields


def an_issue(*items: Item, **fields: object) -> Issue:
    known: dict[str, object] = {
        "profile": "cchc",
        "date": DAY,
        "sections": (Section(key="dia_phuong", title="CẢI CÁCH ĐỊA PHƯƠNG", items=items or (an_item(1), an_item(2))),),
    }
    return Issue(**(known | fields))  # type: ignore[arg-type]  # the caller names real fields


def a_process(script: str, *arguments: object) -> "subprocess.Popen[str]":
    """Another program that uses the storage package."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def killed_when_ready(script: str, *arguments: object) -> Iterator[None]:
    """Run the script until it prints a line; it dies by SIGKILL at the end of the block."""
    with a_process(script, *arguments) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        try:
            assert line == "ready\n", process.communicate()[1]
            yield
        finally:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
