"""The Atom feed: one entry an issue, the same entry when it is corrected."""

from dataclasses import replace

import feedparser
from lxml import etree

from digest.model import Issue
from digest.profile import load
from digest.render.atom import atom
from digest.render.view import view_of
from digest.wire import content_hash
from tests.digest.render.fakes import DAY, a_view, an_issue, an_item, issue_of

ATOM = {"a": "http://www.w3.org/2005/Atom", "h": "http://www.w3.org/1999/xhtml"}


def read(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False))


def found(data: bytes, path: str) -> list[str]:
    return [str(part.text) for part in read(data).iterfind(path, ATOM)]


def test_feed_and_entry_have_what_the_standard_asks_for() -> None:
    root = read(atom(a_view()).data)
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    for place in (root, root.find("a:entry", ATOM)):
        assert place is not None
        for name in ("id", "title", "updated"):
            assert len(place.findall(f"a:{name}", ATOM)) == 1
    assert root.findtext("a:author/a:name", namespaces=ATOM) == "Điểm báo Cải cách hành chính"
    assert root.findtext("a:entry/a:updated", namespaces=ATOM) == "2026-03-02T07:00:00+07:00"


def test_a_feed_reader_understands_it() -> None:
    feed = feedparser.parse(atom(a_view(an_issue(3))).data)
    assert not feed.bozo
    (entry,) = feed.entries
    assert entry.title == "Điểm báo Cải cách hành chính 02/03/2026"
    assert entry.updated_parsed[:5] == (2026, 3, 2, 0, 0)


def test_the_entry_lists_every_headline_with_its_link_and_source() -> None:
    issue = an_issue(4)
    root = read(atom(a_view(issue)).data)
    links = [(link.text, link.get("href")) for link in root.iterfind(".//h:li/h:a", ATOM)]
    assert links == [(item.headline, item.url) for section in issue.sections for item in section.items]
    assert [part.text for part in root.iterfind(".//h:h2", ATOM)] == [section.title for section in issue.sections]


def test_ids_follow_from_profile_and_day_alone() -> None:
    first = found(atom(a_view(an_issue(2))).data, ".//a:id")
    corrected = found(atom(a_view(replace(an_issue(3), version=2))).data, ".//a:id")
    tomorrow = found(atom(a_view(replace(an_issue(2), date=DAY.replace(day=3)))).data, ".//a:id")
    other = found(atom(a_view(an_issue(2), load("cchc"))).data, ".//a:id")
    assert first == corrected
    assert first[0] == tomorrow[0]
    assert len({first[0], first[1], tomorrow[1], other[0], other[1]}) == 5
    assert all(name.startswith("urn:uuid:") for name in first)


def test_the_issuer_is_its_author() -> None:
    profile = load("cchc")
    named = replace(profile, imprint=replace(profile.imprint, issuer="Sở Mẫu & Cộng sự"))
    assert found(atom(view_of(an_issue(1), named)).data, "a:author/a:name") == ["Sở Mẫu & Cộng sự"]


def test_words_stay_words() -> None:
    nasty = "<b>đậm</b> & ]]> {{ 7*7 }}"
    root = read(atom(a_view(issue_of(an_item(1, headline=nasty, url=None), an_item(2, url="javascript:x")))).data)
    entries = list(root.iterfind(".//h:li", ATOM))
    assert nasty in "".join(str(part) for part in entries[0].itertext())
    assert not list(root.iterfind(".//h:a", ATOM))


def test_an_issue_without_items_says_so() -> None:
    made = atom(a_view(Issue(profile="cchc", date=DAY)))
    assert found(made.data, ".//h:p") == ["Số này không có tin, bài."]


def test_the_entry_carries_the_hash_of_what_it_holds() -> None:
    issue = an_issue(3)
    made = atom(a_view(issue)).data
    (category,) = read(made).findall("a:entry/a:category", ATOM)
    assert category.get("term") == f"sha256:{content_hash(issue)}"
    assert feedparser.parse(made).entries[0].tags[0].term == f"sha256:{content_hash(issue)}"


def test_a_correction_and_a_recall_are_said_in_title_summary_and_text() -> None:
    for issue, notice in (
        (an_issue(2, version=2, corrects=1), "Bản đính chính, thay cho bản 1"),
        (an_issue(2, status="recalled"), "Số này đã được thu hồi"),
    ):
        made = atom(a_view(issue)).data
        assert found(made, "a:entry/a:title") == [f"Điểm báo Cải cách hành chính 02/03/2026 – {notice}"]
        assert found(made, "a:entry/a:summary")[0].startswith(f"{notice}. Trong ngày")
        assert found(made, ".//h:strong") == [f"{notice}."]
    assert found(atom(a_view()).data, ".//h:strong") == []
