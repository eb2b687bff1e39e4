"""Values that the storage tests keep, and ways to reach a database."""

import hashlib
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from digest.model import Image, Issue, Item, Judgement, Page, Section
from digest.people import Act, NewUser, Random, User
from storage.people import add_user
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


def said_at_once(script: str, *each: tuple[object, ...]) -> list[str]:
    """Run the script once for each arguments; when all have printed "ready" they go on. What each said after that."""
    with ExitStack() as running:
        processes = [running.enter_context(a_process(script, *arguments)) for arguments in each]
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n", process.communicate()[1]
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        told = [process.communicate() for process in processes]
    assert [errors for _, errors in told] == [""] * len(each)
    return [said.strip() for said, _ in told]


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


def dice(seed: int = 1) -> Random:
    """Randomness that is the same every time."""
    return random.Random(seed).randbytes  # noqa: S311 - nothing is kept secret here


def an_act(moment: str = "2026-03-02 08:00", by: str | None = None) -> Act:
    return Act(moment=at(moment), by=by)


def a_new_user(login: str = "lan.bien", **fields: object) -> NewUser:
    known: dict[str, object] = {
        "login": login,
        "name": f"Người tên {login}",
        "role": "administrator",
        "password_hash": "$argon2id$none",
        "must_change": False,
    }
    return NewUser(**(known | fields))  # type: ignore[arg-type]  # the caller names real fields


def with_user(session: Session, login: str = "lan.bien", **fields: object) -> User:
    """Add a person, whose pseudonym is "p-" and the login."""
    return add_user(session, a_new_user(login, **fields), an_act(), f"p-{login}")
