"""Who works at the desk: roles and what each may do, and who stands in for an absent approver. Pure.

A person is known everywhere by a pseudonym, which is random and never derived from the name: records name it alone,
and once the person's row is erased nothing leads from it to anybody.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal, get_args

Role = Literal["reader", "editor", "reviewer", "approver", "clerk", "administrator"]
Right = Literal[
    "read",  # see drafts, issues and the sources' health
    "edit",  # change a draft, freeze and unfreeze it, submit it
    "review",  # sign as the one who looked it through, or return it
    "approve",  # sign as the one who answers for it, or return it
    "record",  # record an approval that was given on paper, with its scan
    "release",  # publish now or at an hour, correct and recall what went out
    "sources",  # pause sources and edit the office's own
    "audit",  # read the audit log
    "administer",  # people and the office's settings
]
Random = Callable[[int], bytes]  # as secrets.token_bytes

ROLES: tuple[Role, ...] = get_args(Role)
RIGHTS: tuple[Right, ...] = get_args(Right)
ROLE_NAMES: Mapping[Role, str] = MappingProxyType(
    {
        "reader": "Người xem",
        "editor": "Biên tập viên",
        "reviewer": "Người soát",
        "approver": "Người duyệt",
        "clerk": "Văn thư",
        "administrator": "Quản trị viên",
    }
)
_EDITS: frozenset[Right] = frozenset({"read", "edit", "sources"})
_RIGHTS: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        "reader": frozenset({"read"}),
        "editor": _EDITS,
        "reviewer": _EDITS | {"review"},
        # In an office without a clerk the one who approves also lets it out.
        "approver": _EDITS | {"review", "approve", "record", "release", "audit"},
        "clerk": frozenset({"read", "record", "release"}),
        # In a small office the administrator edits too; signing stays with others, or he gives himself their role.
        "administrator": _EDITS | {"audit", "administer"},
    }
)
# A deputy must know the work: who only reads or releases does not sign for another.
_MAY_STAND_IN: frozenset[Role] = frozenset({"editor", "reviewer", "approver"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who does something, by pseudonym, and when. Nobody's pseudonym: the server's command line."""

    moment: datetime
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person at the desk. `must_change`: the password is another's choice; `has_codes`: signing in needs a code."""

    pseudonym: str
    login: str
    name: str
    role: Role
    created: datetime
    active: bool = True
    must_change: bool = False
    has_codes: bool = False

    @property
    def rights(self) -> frozenset[Right]:
        """What the person may do in his own name."""
        return _RIGHTS[self.role] if self.active else frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """What is told of a person who is to be added."""

    login: str
    name: str
    role: Role
    password_hash: str
    must_change: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Deputy:
    """`acting` may approve for `absent` (both pseudonyms) from the first to the last day, both counted."""

    absent: str
    acting: str
    first: date
    last: date
    number: int | None = None  # once it is kept


def rights_of(role: Role) -> frozenset[Right]:
    """What the role may do."""
    return _RIGHTS[role]


def new_pseudonym(random: Random) -> str:
    """A name that says nothing: 64 random bits."""
    return random(8).hex()


def may_stand_in(user: User) -> bool:
    """Whether the person may be named as a deputy."""
    return user.active and user.role in _MAY_STAND_IN


def absent_approvers(user: User, deputies: Collection[Deputy], people: Collection[User], day: date) -> tuple[User, ...]:
    """For whom the person may approve on that day, in the order of the deputies.

    Only what the absent one may do himself passes on: who is no approver any more, or himself only stands in for
    another, has nothing to pass.
    """
    if not may_stand_in(user):
        return ()
    known = {person.pseudonym: person for person in people}
    named = (one.absent for one in deputies if one.acting == user.pseudonym and one.first <= day <= one.last)
    absent = (known[pseudonym] for pseudonym in dict.fromkeys(named) if pseudonym in known)
    return tuple(person for person in absent if "approve" in person.rights)


def rights_on(user: User, deputies: Collection[Deputy], people: Collection[User], day: date) -> frozenset[Right]:
    """What the person may do on that day, in his own name or an absent approver's."""
    stands_in: frozenset[Right] = frozenset({"approve"})
    return user.rights | stands_in if absent_approvers(user, deputies, people, day) else user.rights
