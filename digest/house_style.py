"""What a bulletin's own style changes in a draft: headlines in capitals, outlets' full names, no pictures. Pure.

It is done to the issue, not to its renditions, so that what is read back from these is the same issue.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from digest.model import Issue, Item
from digest.profile import Profile
from digest.wire import content_hash


def in_house_style(issue: Issue, profile: Profile, long_names: Mapping[str, str]) -> Issue:
    """The issue as the profile writes; `long_names` are outlets' full names by article id."""
    long = profile.source_line.outlet == "long"
    if not (long or profile.layout.capital_headlines):
        return issue

    def styled(item: Item) -> Item:
        if profile.layout.capital_headlines:
            item = replace(item, headline=item.headline.upper())
        if long and item.outlet:
            item = replace(item, outlet=long_names.get(item.article or "", item.outlet))
        return item

    return _each(issue, styled)


def without_pictures(issue: Issue) -> Issue:
    """The issue without the press's pictures: these stand behind the items' links."""
    return _each(issue, lambda item: replace(item, images=()))


def _each(issue: Issue, change: Callable[[Item], Item]) -> Issue:
    sections = (replace(section, items=tuple(map(change, section.items))) for section in issue.sections)
    made = replace(issue, sections=tuple(sections))
    return replace(made, hash=content_hash(made))
