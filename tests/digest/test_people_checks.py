"""Logins, names, passwords and deputies: what is taken, and what a refusal says in both languages."""

import unicodedata
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import UsageError
from digest.people import Role
from digest.people_checks import (
    Fault,
    PeopleError,
    check_deputy,
    composed,
    fold_login,
    login_from,
    name_from,
    password_from,
    role_from,
)
from tests.digest.test_people import DAY, HEAD, a_deputy, a_user


@pytest.mark.parametrize("kind", get_args(Fault))
def test_every_refusal_speaks_both_languages_and_names_its_field(kind: Fault):
    error = PeopleError(kind, "lan")
    assert isinstance(error, UsageError)
    assert str(error).startswith("lan: ")
    assert str(PeopleError(kind)) == str(error).removeprefix("lan: ")
    assert error.vietnamese.endswith(".")
    assert error.vietnamese != str(error)
    assert error.field in {"login", "name", "role", "password", "code", "deputy"}


@pytest.mark.parametrize(
    ("typed", "login"),
    [
        ("lan.bien", "lan.bien"),
        ("  Lan.Bien\n", "lan.bien"),
        ("ＬＡＮ", "lan"),
        ("phong-1@coquan.example", "phong-1@coquan.example"),
        ("0" * 64, "0" * 64),
    ],
)
def test_a_login_is_folded(typed: str, login: str):
    assert login_from(typed) == login
    assert fold_login(typed) == login


@pytest.mark.parametrize(
    "typed", ["", "a", "lan bien", "biên", ".lan", "lan\tbien", "lan\x00", "x" * 65, "lan/bien", "lan\u200b!"]
)
def test_what_is_no_login_is_refused(typed: str):
    with pytest.raises(PeopleError, match="a login has 2 to 64 letters"):
        login_from(typed)


@given(st.text())
def test_whatever_is_typed_as_a_login_has_one_short_key(typed: str):
    key = fold_login(typed)
    assert len(key) <= 64
    key.encode()
    try:
        assert login_from(typed) == key
    except PeopleError as error:
        assert error.kind == "login-shape"  # noqa: PT017 - hypothesis gives both kinds


def test_a_name_is_one_line_of_letters():
    assert name_from("  Đặng   Thị Suối ") == "Đặng Thị Suối"
    assert name_from(unicodedata.normalize("NFD", "Hòa")) == "Hòa"
    for wrong in ("", "  ", "123", "Lan\nHoa", "Lan\x07", "x" * 101):
        with pytest.raises(PeopleError, match="a name has letters"):
            name_from(wrong)


def test_a_role_is_one_of_six():
    assert role_from("clerk") == "clerk"
    with pytest.raises(PeopleError, match="'Clerk': is no role; the roles are reader, editor, reviewer, approver"):
        role_from("Clerk")


@pytest.mark.parametrize("password", ["mười con vịt", "0123 tám chín", "x7#kQ.pL2!", "suối " * 40, "🦆 vịt bầu vịt"])
def test_a_password_of_words_is_taken_as_it_is(password: str):
    assert password_from(password, "lan") == password


@pytest.mark.parametrize(
    ("password", "kind"),
    [
        ("chín chữ", "password-short"),
        ("", "password-short"),
        ("v" * 201, "password-long"),
        ("mười con\nvịt", "password-characters"),
        ("mười con \x00 vịt", "password-characters"),
        ("mười con \ud800 vịt", "password-characters"),
        ("Phong.Van.Ban", "password-login"),
        ("phong.van.ban2026!", "password-login"),
        ("Mật khẩu 2026!", "password-common"),
        ("password12345", "password-common"),
        ("Điểm Báo @2026", "password-common"),
        ("1q2w3e4r5t", "password-common"),
        ("1234567890", "password-common"),
        ("aaaaaaaaaaaa", "password-common"),
        ("abababababab", "password-common"),
    ],
)
def test_a_password_that_will_not_do_is_refused_and_never_repeated(password: str, kind: Fault):
    with pytest.raises(PeopleError) as caught:
        password_from(password, "phong.van.ban")
    assert caught.value.kind == kind
    assert not password or password not in str(caught.value)


def test_two_keyboards_write_the_same_password():
    words = "mười con vịt ế"
    assert password_from(unicodedata.normalize("NFD", words), "lan") == words
    assert composed(unicodedata.normalize("NFD", words)) == words


def test_a_login_of_figures_makes_no_password_its_own():
    with pytest.raises(PeopleError) as caught:
        password_from("0987654321", "12")
    assert caught.value.kind == "password-common"


@pytest.mark.parametrize(
    ("last", "kind"),
    [(DAY - timedelta(days=1), "deputy-days"), (DAY + timedelta(days=367), "deputy-days"), (DAY, None)],
)
def test_a_deputy_stands_in_for_a_year_at_most(last: date, kind: Fault | None):
    deputy = a_deputy(last=last)
    if kind is None:
        check_deputy(deputy, HEAD, a_user())
        return
    with pytest.raises(PeopleError) as caught:
        check_deputy(deputy, HEAD, a_user())
    assert caught.value.kind == kind


@pytest.mark.parametrize("role", ["reader", "clerk", "administrator"])
def test_who_does_not_know_the_work_is_no_deputy(role: Role):
    with pytest.raises(PeopleError, match="p1: may not stand in"):
        check_deputy(a_deputy(), HEAD, a_user(role=role))


def test_there_is_nothing_to_stand_in_for_but_approving():
    with pytest.raises(PeopleError, match="head: is no approver"):
        check_deputy(a_deputy(), a_user("head", "reviewer"), a_user())
    with pytest.raises(PeopleError, match="nobody stands in for himself"):
        check_deputy(a_deputy(acting="head"), HEAD, HEAD)
