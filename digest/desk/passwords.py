"""Passwords as argon2id hashes (RFC 9106's parameters for little memory, OWASP's first choice for argon2id)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from digest.people import Random
from digest.people_checks import PASSWORD_LENGTH, composed

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # KiB; about 40 ms
_SALT = 16
_NOBODYS_SALT = bytes(_SALT)


def hashed(password: str, random: Random) -> str:
    """The hash to store, with its salt and parameters."""
    return _HASHER.hash(_bytes(password), salt=random(_SALT))


def is_right(password: str, stored: str | None) -> bool:
    """Whether the password is the one that was hashed; never for nobody (None), which takes the same time."""
    if stored is None:
        _HASHER.hash(_bytes(password), salt=_NOBODYS_SALT)
        return False
    try:
        return _HASHER.verify(stored, _bytes(password))
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(stored: str) -> bool:
    """Whether the hash was made with other parameters than new ones are: hash the password again when it is right."""
    return _HASHER.check_needs_rehash(stored)


def _bytes(password: str) -> bytes:
    # Longer than any that was set: as wrong as it stands, and not worth reading to its end.
    return composed(password[: PASSWORD_LENGTH[1] * 4]).encode("utf-8", "surrogatepass")
