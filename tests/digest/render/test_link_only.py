"""An item whose outlet lets only its link be printed: headline, source line and address, in every format."""

import io
from email import message_from_bytes
from email.policy import default

import pytest
from docx import Document
from pypdf import PdfReader

from digest.issue import source_line
from digest.model import LINK_ONLY
from digest.profile import load
from digest.render.renditions import FORMATS, render
from digest.wire import issue_from, parse
from tests.digest.render.fakes import an_item, issue_of

BARE = an_item(2, paragraphs=(), kinds=(), author="Lê Bến", flags=(LINK_ONLY,))
ISSUE = issue_of(an_item(1), BARE, an_item(3))
ALONE = issue_of(an_item(1, paragraphs=(), kinds=(), flags=(LINK_ONLY,)))
PROFILE = load("cchc-2023")


def made(name, issue=ISSUE):
    return render(issue, PROFILE, name)


def shown(name, issue=ISSUE):
    """What a reader sees of a format, white space as single blanks."""
    data = made(name, issue).data
    if name == "pdf":
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    elif name == "docx":
        text = " ".join(paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)
    elif name == "mail":
        body = message_from_bytes(data, policy=default).get_body(("plain",))
        assert body is not None
        text = body.get_content()
    else:
        text = data.decode()
    return " ".join(text.split())


@pytest.mark.parametrize("issue", [ISSUE, ALONE], ids=["among others", "alone"])
@pytest.mark.parametrize("name", FORMATS)
def test_an_item_without_paragraphs_is_made_without_a_note(name, issue):
    assert made(name, issue).notes == ()


@pytest.mark.parametrize("name", ["html", "pdf", "docx", "text", "mail"])
def test_it_keeps_its_headline_and_its_source_line(name):
    text = shown(name)
    assert BARE.headline in text
    assert source_line(BARE, PROFILE).strip("()") in text


@pytest.mark.parametrize("name", ["html", "text", "chat", "mail", "atom", "docx", "pdf"])
def test_its_address_can_be_followed(name):
    data = made(name).data
    if name == "pdf":
        targets = [
            annotation.get_object()["/A"].get("/URI", "")
            for page in PdfReader(io.BytesIO(data)).pages
            for annotation in page.get("/Annots", ())
            if "/A" in annotation.get_object()
        ]
    elif name == "docx":
        document = Document(io.BytesIO(data))
        targets = [relation.target_ref for relation in document.part.rels.values() if relation.is_external]
    elif name == "mail":
        body = message_from_bytes(data, policy=default).get_body(("plain",))
        assert body is not None
        targets = body.get_content().split()
    else:
        targets = data.decode().replace("&amp;", "&").replace('"', " ").replace("<", " ").split()
    assert any(str(BARE.url) in target for target in targets)


def test_its_neighbours_keep_their_text():
    text = shown("text")
    for item in (an_item(1), an_item(3)):
        assert all(" ".join(paragraph.split()) in text for paragraph in item.paragraphs)


def test_its_json_is_the_item_again():
    assert issue_from(parse(made("json").data)).sections[0].items[1] == BARE
