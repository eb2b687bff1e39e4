"""Factories and hand-written fakes that the tests share."""

from datetime import datetime
from pathlib import Path

import pytest

from digest.model import VIETNAM, Article

SHARED = Path(__file__).resolve().parents[2] / "shared"

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared real data is not beside the checkout")


def at(text: str) -> datetime:
    """`at("2026-03-02 07:30")` in Việt Nam."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def an_article(**fields: object) -> Article:
    """An article that belongs in the bulletin; name what differs."""
    known: dict[str, object] = {
        "id": "a1",
        "url": "https://baolua.example/mot-cua-a1.html",
        "outlet": "Baolua.example",
        "title": "Xã ven sông rút ngắn một nửa thời gian cấp giấy khai sinh",
        "sapo": "Bộ phận một cửa của xã trả kết quả ngay trong buổi sáng.",
        "paragraphs": ("Người dân nộp hồ sơ trực tuyến từ nhà.", "Cán bộ tư pháp trả bản điện tử trong hai giờ."),
        "published": at("2026-03-02 07:30"),
        "author": "Lê Bến",
    }
    return Article(**(known | fields))  # type: ignore[arg-type]  # the caller names real fields
