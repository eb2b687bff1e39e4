from datetime import date

import pytest

from digest.errors import InputError
from digest.model import Image, Issue, Item, Section
from digest.own import OwnArticle, with_own
from digest.profile import load
from digest.wire import content_hash
from tests.fakes import an_article

MONTHLY = load("ban-tin-thang")
REPRINT = Item(number=1, headline="Tin báo", contents_line="Tin báo", outlet="Baolua.example")
ISSUE = Issue(
    profile="ban-tin-thang",
    date=date(2026, 3, 31),
    sections=(Section(key="thu_tuc", title="CẢI CÁCH THỦ TỤC HÀNH CHÍNH", items=(REPRINT,)),),
)


def own(name, section=None, **fields):
    return OwnArticle(article=an_article(id=name, **fields), section=section)


def test_own_articles_come_first_in_their_sections_and_all_items_are_numbered_anew():
    made = with_own(ISSUE, [own("hai", "thu_tuc"), own("mot")], MONTHLY)
    told = [(section.key, [(item.number, item.article) for item in section.items]) for section in made.sections]
    assert told == [("trong_tinh", [(1, "mot")]), ("thu_tuc", [(2, "hai"), (3, None)])]
    assert made.sections[0].title == "HOẠT ĐỘNG TRONG TỈNH"
    assert made.hash == content_hash(made)


def test_an_own_article_is_printed_whole_with_its_author_and_without_outlet_day_and_address():
    image = Image(src="https://sonoivu.example/a.jpg")
    one = own("a", sapo="Mở đầu.", paragraphs=("Ý một;", "Hết./."), kinds=("li",), author="Lê Bến", images=(image,))
    item = with_own(ISSUE, [one], MONTHLY).sections[0].items[0]
    assert item.paragraphs == ("Mở đầu.", "Ý một;", "Hết./.")
    assert item.kinds == ("p", "li", "p")
    assert (item.origin, item.author, item.images) == ("own", "Lê Bến", (image,))
    assert (item.outlet, item.published, item.url, item.flags) == (None, None, None, ())
    bare = with_own(ISSUE, [own("b", sapo=None, paragraphs=("Một.",))], MONTHLY).sections[0].items[0]
    assert (bare.paragraphs, bare.kinds) == (("Một.",), ("p",))


def test_an_own_article_of_no_section_names_those_there_are():
    with pytest.raises(
        InputError, match="field section: of the own article 'Tin lạ' 'the_thao' is not printed; known: trong"
    ):
        with_own(ISSUE, [own("a", "the_thao", title="Tin lạ")], MONTHLY)
    with pytest.raises(InputError, match="is missing, and the profile keeps none for own articles; known: chu_truong"):
        with_own(ISSUE, [own("a")], load("cchc"))
