"""Every paragraph stands in every format as the issue has it, in its order; the same issue gives the same bytes anywhere."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from digest.profile import load
from digest.render.letter import letter
from digest.render.pdf import pdf
from digest.render.plain import text
from digest.render.renditions import FORMATS
from digest.render.view import View, view_of
from digest.render.web import web_page
from digest.render.word import word
from tests.digest.render.fakes import an_issue_in, an_item, issue_of
from tests.digest.render.readers import body_words, docx_words, html_words, joined, mail_parts, paragraphs_of

ROOT = Path(__file__).parents[3]
PROFILES = ("cchc", "cchc-2023", "ban-tin-thang", "tin-nhanh", "theo-don-vi")
EXTRACTED: Mapping[str, Callable[[View], str]] = MappingProxyType(
    {
        "html": lambda view: html_words(web_page(view).data),
        "pdf": lambda view: body_words(pdf(view).data, view.running_head),
        "docx": lambda view: docx_words(word(view, office=None).data),
        "mail as text": lambda view: joined(mail_parts(letter(view).data)[0]),
        "mail as HTML": lambda view: html_words(mail_parts(letter(view).data)[1].encode()),
        "text": lambda view: joined(text(view).data.decode()),
    }
)
# Where a line may end inside a word, and what typesetters like to make pretty.
DASHES = (
    "Quyết định số 41/QĐ-UBND-KSTTHC, Chỉ số PAR-INDEX-2025 – phần 1.1 -- 12,5% … “ngoặc” ‘đơn’ \"thẳng\" 'thẳng' 1/2 "
    "fi fl ffi (c) 10-12 ngày; Bà Rịa - Vũng Tàu, e-mail: hop-thu@sở-mẫu.example --- https://dich-vu-cong.example/a-b-c "
)
DIGESTS = """
import hashlib, json
from digest.profile import load
from digest.render.renditions import FORMATS
from tests.digest.render.fakes import a_full_view
view = a_full_view(load("ban-tin-thang"))
print(json.dumps({name: hashlib.sha256(known.make(view).data).hexdigest() for name, known in FORMATS.items()}))
"""


@pytest.mark.parametrize("profile_id", PROFILES)
@pytest.mark.parametrize("name", EXTRACTED)
def test_every_paragraph_stands_verbatim_and_in_its_order(name: str, profile_id: str) -> None:
    profile = load(profile_id)
    issue = an_issue_in(profile, 14)
    rest = EXTRACTED[name](view_of(issue, profile))
    for paragraph in paragraphs_of(issue):
        before, found, rest = rest.partition(paragraph)
        assert found, f"{paragraph!r} does not follow {before[-80:]!r}"


@pytest.mark.parametrize("name", EXTRACTED)
def test_dashes_quotes_and_ligatures_stay_as_they_are(name: str) -> None:
    """Blanks are left out: where a line ends after a dash none was there before."""
    item = an_item(1, paragraphs=tuple(f"{'a' * place} {DASHES * 3}." for place in range(12)), kinds=())
    words = EXTRACTED[name](view_of(issue_of(item), load("cchc"))).replace(" ", "")
    assert [paragraph for paragraph in item.paragraphs if paragraph.replace(" ", "") not in words] == []


def test_processes_of_other_hash_seeds_time_zones_and_locales_make_the_same_bytes(tmp_path: Path) -> None:
    first, second = (
        _digests(tmp_path, PYTHONHASHSEED=seed, TZ=zone, LC_ALL=locale)
        for seed, zone, locale in (("1", "UTC", "C.UTF-8"), ("4242", "Pacific/Kiritimati", "POSIX"))
    )
    assert first.keys() == FORMATS.keys()
    assert first == second


def _digests(home: Path, **environment: str) -> dict[str, str]:
    known = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(home), **environment}
    ran = subprocess.run([sys.executable, "-c", DIGESTS], cwd=ROOT, env=known, capture_output=True, check=True)
    found: dict[str, str] = json.loads(ran.stdout)
    return found
