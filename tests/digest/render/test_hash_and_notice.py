"""What tells one version from another: the issue's hash in every file, and a notice at the top where one is due."""

import io
from dataclasses import replace

import pikepdf
import pytest
from docx import Document
from PIL import Image
from pypdf import PdfReader

from digest.model import Issue, Status
from digest.render.page_one import page_one
from digest.render.pdf import pdf
from digest.render.view import RECALLED, View
from digest.render.web import web_page
from digest.render.word import word
from digest.wire import content_hash
from tests.digest.render.fakes import a_view, an_issue, an_item, issue_of
from tests.digest.render.readers import Markup, html_words, joined, page_texts

CORRECTED = "Bản đính chính, thay cho bản 1"


def keywords(view: View) -> tuple[str, bytes]:
    """Of the document's information, and the metadata as they lie in the file."""
    data = pdf(view).data
    with pikepdf.open(io.BytesIO(data)) as document:
        return str(document.docinfo.Keywords), data


def test_every_file_carries_the_issue_s_hash() -> None:
    view = a_view(an_issue(2))
    wanted = content_hash(an_issue(2))
    said, raw = keywords(view)
    assert said.split(", ")[-1] == f"sha256:{wanted}"
    assert f"sha256:{wanted}</pdf:Keywords>".encode() in raw
    assert f'<meta name="diembao.sha256" content="{wanted}">' in web_page(view).data.decode()
    document = Document(io.BytesIO(word(view, office=None).data))
    assert document.core_properties.identifier == f"sha256:{wanted}"
    picture = Image.open(io.BytesIO(page_one(view).data))
    assert getattr(picture, "text", {}) == {"diembao.sha256": wanted}


def test_another_text_has_another_hash_and_a_version_s_status_has_not() -> None:
    one, other = issue_of(an_item(1)), issue_of(an_item(1, headline="Tít khác"))
    assert keywords(a_view(one))[0] != keywords(a_view(other))[0]
    assert keywords(a_view(one))[0] == keywords(a_view(replace(one, status="approved", version=3)))[0]


def noticed(corrects: int | None = None, status: Status = "approved") -> Issue:
    return replace(an_issue(3), corrects=corrects, status=status, version=2)


@pytest.mark.parametrize(
    ("issue", "notice"),
    [(noticed(corrects=1), CORRECTED), (noticed(status="recalled"), RECALLED)],
    ids=["corrected", "recalled"],
)
@pytest.mark.parametrize("profile", ["cchc-2023", "ban-tin-thang"])
def test_what_is_special_about_a_version_stands_at_the_top_of_page_one(issue: Issue, notice: str, profile: str) -> None:
    view = a_view(replace(issue, profile=profile))
    first, *rest = page_texts(PdfReader(io.BytesIO(pdf(view).data)))
    assert first.startswith(notice)
    assert not any(notice in page for page in rest)
    words = html_words(web_page(view).data)
    assert words.index(notice) < words.index(view.masthead.name)
    assert Markup(web_page(view).data.decode()).values("role", "p") == ["note"]
    body = Document(io.BytesIO(word(view, office=None).data)).paragraphs
    assert (body[0].text, body[0].style and body[0].style.name) == (notice, "Thông báo")


def test_a_usual_issue_has_no_notice() -> None:
    view = a_view(an_issue(2))
    assert "đính chính" not in joined(" ".join(page_texts(PdfReader(io.BytesIO(pdf(view).data)))))
    assert 'class="notice"' not in web_page(view).data.decode()
    assert "Thông báo" not in {
        line.style.name for line in Document(io.BytesIO(word(view, office=None).data)).paragraphs if line.style
    }
