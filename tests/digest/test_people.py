"""Roles and rights, and who stands in for whom."""

from dataclasses import replace
from datetime import date

import pytest

from digest.people import (
    RIGHTS,
    ROLE_NAMES,
    ROLES,
    Deputy,
    Role,
    User,
    absent_approvers,
    may_stand_in,
    new_pseudonym,
    rights_of,
    rights_on,
)
from tests.fakes import at

DAY = date(2026, 3, 2)


def a_user(pseudonym: str = "p1", role: Role = "editor", **fields: object) -> User:
    known: dict[str, object] = {"login": pseudonym, "name": f"Người {pseudonym}", "created": at("2026-03-01 08:00")}
    return User(pseudonym=pseudonym, role=role, **(known | fields))  # type: ignore[arg-type]


def a_deputy(**fields: object) -> Deputy:
    known: dict[str, object] = {"absent": "head", "acting": "p1", "first": DAY, "last": date(2026, 3, 4)}
    return Deputy(**(known | fields))  # type: ignore[arg-type]


HEAD = a_user("head", "approver")


def test_every_role_has_a_name_for_the_screen_and_may_read():
    assert list(ROLE_NAMES) == list(ROLES)
    assert all("read" in rights_of(role) for role in ROLES)


@pytest.mark.parametrize(
    ("right", "roles"),
    [
        ("read", set(ROLES)),
        ("edit", {"editor", "reviewer", "approver", "administrator"}),
        ("review", {"reviewer", "approver"}),
        ("approve", {"approver"}),
        ("record", {"approver", "clerk"}),
        ("release", {"approver", "clerk"}),
        ("sources", {"editor", "reviewer", "approver", "administrator"}),
        ("audit", {"approver", "administrator"}),
        ("administer", {"administrator"}),
    ],
)
def test_each_right_belongs_to_these_roles_alone(right, roles):
    assert right in RIGHTS
    assert {role for role in ROLES if right in rights_of(role)} == roles


def test_who_is_disabled_has_no_right():
    assert a_user(role="administrator", active=False).rights == frozenset()


def test_a_pseudonym_is_nothing_but_chance():
    assert new_pseudonym(lambda length: bytes(range(length))) == "0001020304050607"


@pytest.mark.parametrize(("day", "may"), [(1, False), (2, True), (4, True), (5, False)])
def test_a_deputy_approves_between_two_days_both_counted(day: int, *, may: bool):
    me, on = a_user(), date(2026, 3, day)
    assert absent_approvers(me, [a_deputy()], [HEAD, me], on) == ((HEAD,) if may else ())
    assert rights_on(me, [a_deputy()], [HEAD, me], on) == (me.rights | {"approve"} if may else me.rights)


def test_two_absent_approvers_are_named_once_each_in_order():
    other, me = a_user("other", "approver"), a_user()
    named = [
        a_deputy(absent="other"),
        a_deputy(),
        a_deputy(absent="other"),
        a_deputy(acting="p2"),
        a_deputy(absent="x"),
    ]
    assert absent_approvers(me, named, [HEAD, other, me], DAY) == (other, HEAD)


@pytest.mark.parametrize("absent", [replace(HEAD, role="editor"), replace(HEAD, active=False)])
def test_who_has_no_right_to_approve_any_more_passes_none_on(absent: User):
    assert absent_approvers(a_user(), [a_deputy()], [absent], DAY) == ()


def test_a_right_that_is_only_passed_on_is_not_passed_on_again():
    me, third = a_user(), a_user("p3")
    chain = [a_deputy(), a_deputy(absent="p1", acting="p3")]
    assert rights_on(third, chain, [HEAD, me, third], DAY) == third.rights


@pytest.mark.parametrize("role", ROLES)
def test_only_who_knows_the_work_stands_in(role: Role):
    may = role in {"editor", "reviewer", "approver"}
    assert may_stand_in(a_user(role=role)) == may
    assert bool(absent_approvers(a_user(role=role), [a_deputy()], [HEAD], DAY)) == may


def test_a_disabled_deputy_approves_nothing():
    assert rights_on(a_user(active=False), [a_deputy()], [HEAD], DAY) == frozenset()
