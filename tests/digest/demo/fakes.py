"""A small outlet of the tests' own, and plain requests."""

from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

OUTLET = """\
id = "baolua"
name = "Báo Lúa"
domain = "baolua.example"
kind = "provincial_paper"
family = "{family}"
licence = "Giấy phép số 1 ngày 05/06/2019"
feed = "rss"
feed_path = "/rss/home.rss"
sections = [{{ path = "/thoi-su/", title = "Thời sự" }}]

[[articles]]
slug = "mot-cua"
title = "Một cửa trả kết quả sớm"
sapo = "Xã ven sông rút ngắn thời gian."
published = 2026-03-02T00:05:09Z
rubric = "Thời sự > Cải cách"
{more}
"""
BODY = '''body = """
Đoạn đầu.
## Tiêu đề nhỏ
- Một;
- Hai.
1. Bước một.
2. Bước hai.
> Lời trích.
| A | B
| 1 | 2
! quay: Chú thích. Ảnh: Lê Bến
! quay
Đoạn cuối.
"""'''


def write_outlet(folder: Path, *, family: str = "F1", more: str = BODY, name: str = "baolua.toml") -> Path:
    """A data file of one outlet in a folder."""
    path = folder / name
    path.write_text(OUTLET.format(family=family, more=more), encoding="utf-8")
    return path


def get(url: str) -> tuple[int, str, bytes]:
    """Status, content type and body of an address."""
    try:
        with urlopen(url, timeout=10) as answer:  # noqa: S310 - always the newsroom's own http address
            return answer.status, answer.headers["Content-Type"], answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.read()
