from datetime import date

from digest.house_style import in_house_style, without_pictures
from digest.model import Image, Issue, Item, Section
from digest.profile import load
from digest.wire import content_hash

ITEMS = (
    Item(number=1, article="a", headline="Xã mở quầy", contents_line="Xã mở quầy", outlet="Baolua.example"),
    Item(
        number=2,
        headline="Tin riêng",
        contents_line="Tin riêng",
        origin="own",
        images=(Image(src="https://x.example/1.png"),),
    ),
)
ISSUE = Issue(profile="thu", date=date(2026, 3, 31), sections=(Section(key="thu_tuc", title="THỦ TỤC", items=ITEMS),))


def test_a_monthly_s_headlines_stand_in_capitals_and_outlets_under_their_full_names():
    made = in_house_style(ISSUE, load("ban-tin-thang"), {"a": "Báo điện tử Lúa"})
    told = [(item.headline, item.contents_line, item.outlet) for item in made.sections[0].items]
    assert told == [("XÃ MỞ QUẦY", "Xã mở quầy", "Báo điện tử Lúa"), ("TIN RIÊNG", "Tin riêng", None)]
    assert made.hash == content_hash(made)


def test_an_outlet_without_a_full_name_keeps_its_own():
    assert in_house_style(ISSUE, load("ban-tin-thang"), {}).sections[0].items[0].outlet == "Baolua.example"


def test_a_daily_stays_as_it_is():
    assert in_house_style(ISSUE, load("cchc"), {"a": "Báo điện tử Lúa"}) is ISSUE


def test_pictures_stay_behind_the_link_where_the_profile_says_so():
    made = without_pictures(ISSUE)
    assert [item.images for item in made.sections[0].items] == [(), ()]
    assert made.hash == content_hash(made)
