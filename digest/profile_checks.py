"""What no single value of a profile shows: settings that contradict one another, texts that are not of their shape."""

import itertools
import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from digest import patterns
from digest.contrast import AA, contrast
from digest.model import AREA_KEYS, SECTION_KEYS

if TYPE_CHECKING:
    from digest.profile import Profile

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")  # it becomes part of file names
_SECTION = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")  # it becomes part of anchors
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_WHITE = "#ffffff"


def problems(profile: "Profile") -> Iterator[str]:
    """What is wrong with a profile, each as the end of a message that begins with the profile's name."""
    goals = {goal for rule in profile.folds for goal in (rule.with_province, rule.otherwise, *rule.by_area.values())}
    yield from _wrong_keys(profile, goals)
    yield from _wrong_sections(profile)
    yield from _wrong_goals(profile, goals)
    yield from _wrong_choices(profile)
    yield from _misfits(profile)
    yield from _wrong_patterns(profile)
    yield from _wrong_steps(profile)
    yield from profile.contents.problems()


def _wrong_sections(profile: "Profile") -> Iterator[str]:
    """Sections that stand twice, and keys of the model without a home or with two."""
    printed = [section.key for section in profile.sections]
    folded = [rule.key for rule in profile.folds]
    if not printed or len(set(printed)) != len(printed):
        yield ", key sections: needs at least one section, each key once"
    if len(set(folded)) != len(folded):
        yield ", key folds: one [[folds]] entry a key"
    for key in sorted(set(folded).difference(SECTION_KEYS)):
        yield f", key folds: {key!r} is none of the model's sections; known: {', '.join(SECTION_KEYS)}"
    for key in SECTION_KEYS:
        if key not in printed and key not in folded:
            yield f": section {key!r} is neither printed nor folded; add a [[folds]] entry for it"
        if key in printed and key in folded:
            yield f", key folds: {key!r} is printed; remove its [[folds]] entry or its section"


def _wrong_goals(profile: "Profile", goals: Collection[str]) -> Iterator[str]:
    """Folds that lead nowhere, areas that are none."""
    pressed = {section.key for section in profile.sections if not section.own}
    for goal in sorted(set(goals).difference(pressed)):
        yield f", key folds: folds into {goal!r}, which is not printed (or holds own articles alone)"
    for rule in profile.folds:
        for area in sorted(set(rule.by_area).difference(AREA_KEYS)):
            yield f", key folds.by_area: {area!r} is no area; known: {', '.join(AREA_KEYS)}"


def _wrong_keys(profile: "Profile", goals: Collection[str]) -> Iterator[str]:
    """Sections of the bulletin's own that nothing comes into, or that are the model's."""
    for section in profile.sections:
        if not _SECTION.fullmatch(section.key):
            yield f", key sections.key: {section.key!r} will not do; write it like tin_tinh"
        elif section.own and section.key in SECTION_KEYS:
            yield f", key sections.own: {section.key!r} is filled from the press; give own articles a section of their own"
        elif not section.own and section.key not in (*SECTION_KEYS, *goals):
            yield (
                f": unknown section {section.key!r}: nothing comes into it; known: {', '.join(SECTION_KEYS)}; "
                "fold one of these into it, or write own = true where the office fills it"
            )


def _wrong_choices(profile: "Profile") -> Iterator[str]:
    """Quotas that cannot be kept together, and weights under which relevance would not come first."""
    choice = profile.choice
    if choice.at_least > choice.at_most:
        yield ", key choice.at_least: greater than at_most"
    for section in profile.sections:
        if section.at_least > section.at_most:
            yield f", key sections.at_least: {section.key} has {section.at_least}, more than its at_most"
    if sum(section.at_least for section in profile.sections) > choice.at_most:
        yield f", key sections.at_least: together more than choice.at_most, {choice.at_most}"
    if choice.weights.relevance < choice.weights.beside_relevance:
        yield ", key choice.weights: relevance must weigh at least as much as the others together"


def _misfits(profile: "Profile") -> Iterator[str]:
    """Texts that are not of their shape, and a colour that cannot be read."""
    colour = profile.masthead.colour
    for key, value, shape, example in (
        ("id", profile.id, _ID, "cchc"),
        ("masthead.colour", colour, _COLOUR, "#c00000"),
        ("imprint.email", profile.imprint.email or "a@b.vn", _EMAIL, "bantin@tinh.example"),
    ):
        if not shape.fullmatch(value):
            yield f", key {key}: {value!r} will not do; write it like {example}"
    if _COLOUR.fullmatch(colour) and contrast(colour, _WHITE) < AA:
        yield (
            f", key masthead.colour: {colour} on white has a contrast of {contrast(colour, _WHITE):.1f}, and titles are "
            f"read from {AA} on; choose a darker one"
        )


def _wrong_patterns(profile: "Profile") -> Iterator[str]:
    for key, pattern in profile.masthead.patterns.items():
        yield from (f", key masthead.{key}: {problem}" for problem in patterns.problems(pattern))


def _wrong_steps(profile: "Profile") -> Iterator[str]:
    """Hours in another order than the work, persons who would sign twice."""
    steps = profile.hours.steps
    for (before, early), (after, late) in itertools.pairwise(steps):
        if late < early:
            yield f", key hours.{after}: {late} is before {before}, {early}"
    roles = profile.approval.steps
    if len(set(roles)) != len(roles):
        yield ", key approval.steps: each role once"
