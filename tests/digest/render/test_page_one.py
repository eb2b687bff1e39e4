"""Page 1 as a picture beside the chat text."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from digest.errors import RenderError
from digest.model import Issue
from digest.profile import load
from digest.render.page_one import HASH, WIDTH, first_page, page_one
from digest.render.pdf import pdf
from digest.render.view import view_of
from tests.digest.render.fakes import DAY, a_view, an_issue, an_item, issue_of


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()  # checks every chunk
    return picture


@pytest.mark.parametrize(("paper", "height"), [("a4", 1527), ("19x27", 1534)])
def test_the_picture_is_page_one_of_the_paper_1080_pixels_wide(paper: str, height: int) -> None:
    plain = load("cchc-2023")
    profile = replace(plain, layout=replace(plain.layout, paper=paper))  # type: ignore[arg-type]  # parametrised
    picture = opened(page_one(view_of(an_issue(8), profile)).data)
    assert (picture.format, picture.mode, picture.width) == ("PNG", "RGB", WIDTH)
    assert abs(picture.height - height) <= 1


def test_its_masthead_is_in_the_office_s_colour_and_its_paper_is_white() -> None:
    picture = opened(page_one(a_view(an_issue(3))).data)
    assert picture.getpixel((180, 140)) == (192, 0, 0)
    assert picture.getpixel((5, 5)) == (255, 255, 255)
    colours = picture.convert("L").getcolors()
    assert colours is not None
    assert len(colours) > 50  # letters have soft edges


def test_the_same_issue_gives_the_same_bytes_and_another_gives_others() -> None:
    view = a_view(an_issue(4))
    assert page_one(view).data == page_one(view).data
    assert page_one(view).data != page_one(a_view(an_issue(5))).data


def test_it_is_made_of_the_pdf_that_is_given_and_carries_its_notes() -> None:
    view = a_view(issue_of(an_item(1, headline="Tít 行", contents_line="Tít 行")))
    finished = pdf(view)
    made = page_one(view, maker=lambda _: finished)
    assert made.data == first_page(finished.data, {HASH: view.hash})
    assert made.notes == finished.notes
    assert made.notes


def test_an_issue_without_items_has_a_picture_too() -> None:
    assert opened(page_one(a_view(Issue(profile="cchc", date=DAY))).data).width == WIDTH


def test_a_pdf_that_cannot_be_read_is_one_clear_error() -> None:
    with pytest.raises(RenderError, match="png: page 1 could not be read"):
        first_page(b"no pdf")
