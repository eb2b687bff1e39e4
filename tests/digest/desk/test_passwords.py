"""Passwords are hashed by argon2id with this house's parameters, and nobody's takes the same work."""

import unicodedata

import argon2

from digest.desk import passwords
from digest.desk.passwords import hashed, is_right, needs_rehash
from tests.storage.fakes import dice

WORDS = "mười con vịt ế"


def test_a_hash_carries_its_parameters_and_a_salt_of_its_own():
    random = dice()
    first, second = hashed(WORDS, random), hashed(WORDS, random)
    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert first != second
    assert WORDS not in first
    assert not needs_rehash(first)


def test_only_the_password_itself_is_right_from_whatever_keyboard():
    stored = hashed(WORDS, dice())
    assert is_right(WORDS, stored)
    assert is_right(unicodedata.normalize("NFD", WORDS), stored)
    for wrong in ("", WORDS + " ", WORDS.upper(), "mười con vịt ê", "\ud800", WORDS + "x" * 100_000):
        assert not is_right(wrong, stored)


def test_a_damaged_hash_lets_nobody_in():
    assert not is_right(WORDS, "")
    assert not is_right(WORDS, "$argon2id$v=19$m=19456,t=2,p=1$AAAA")


def test_nobodys_password_is_never_right_and_costs_a_hash_with_the_same_parameters(monkeypatch):
    class Counting(argon2.PasswordHasher):
        worked = 0

        def hash(self, password, *, salt=None):
            Counting.worked += 1
            return super().hash(password, salt=salt)

        def verify(self, hash, password):  # noqa: A002 - the library's name
            Counting.worked += 1
            return super().verify(hash, password)

    stored = hashed(WORDS, dice())
    monkeypatch.setattr(passwords, "_HASHER", Counting(time_cost=2, memory_cost=19 * 1024, parallelism=1))
    assert not is_right(WORDS, None)
    assert not is_right("sai", stored)
    assert Counting.worked == 2


def test_a_hash_of_weaker_parameters_is_right_and_wants_to_be_made_anew():
    weak = argon2.PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(WORDS)
    assert is_right(WORDS, weak)
    assert needs_rehash(weak)
