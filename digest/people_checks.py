"""What a login, a name, a role, a password and a deputy must be like; and why one is refused, in both languages. Pure."""

import re
import unicodedata
from datetime import timedelta
from types import MappingProxyType
from typing import Literal

from digest.errors import UsageError
from digest.people import ROLES, Deputy, Role, User, may_stand_in
from digest.text import bare, one_line

PASSWORD_LENGTH = (10, 200)
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")
_LONGEST_NAME = 100
_FEWEST_CHARACTERS = 4  # different ones in a password
_LONGEST_ABSENCE = timedelta(days=366)
_EDGES = "0123456789 .,;:!?@#$%^&*_+-=/\\|'\"()[]{}<>~`"

# Those of ten characters and more that lists of leaked passwords and offices' habits begin with, as `_plain` leaves
# them: without marks, case, and figures or signs at their ends.
_COMMON = frozenset(
    {
        *("password", "passw0rd", "p@ssword", "p@ssw0rd", "matkhau", "mat khau", "matkhaumoi", "doimatkhau"),
        *("qwerty", "qwertyuiop", "qwerty123qwerty", "1q2w3e4r5t", "1qaz2wsx3edc", "1qaz2wsx", "asdfghjkl"),
        *("zxcvbnm", "qazwsxedc", "q1w2e3r4t5", "abcdefghij", "abcdefghijk", "a1b2c3d4e5", "abc123abc", "abcd1234abcd"),
        *("diembao", "diem bao", "bandiembao", "bantin", "toasoan", "vanphong", "vanthu", "bientap", "bientapvien"),
        *("admin", "administrator", "quantri", "quantrivien", "quantrihethong", "root", "test", "demo", "user"),
        *("iloveyou", "anhyeuem", "emyeuanh", "yeuemnhieu", "toiyeuvietnam", "vietnam", "vietnamvodich", "viet nam"),
        *("hanoi", "saigon", "hochiminh", "khongbiet", "khongcopass", "xinchao"),
        *("letmein", "welcome", "changeme", "hello"),
    }
)

Fault = Literal[
    "login-shape",
    "login-taken",
    "login-unknown",
    "name-shape",
    "role-unknown",
    "role-first",
    "role-last",
    "password-short",
    "password-long",
    "password-characters",
    "password-login",
    "password-common",
    "password-same",
    "password-wrong",
    "code-wrong",
    "deputy-self",
    "deputy-days",
    "deputy-absent",
    "deputy-acting",
]
_SAID: MappingProxyType[Fault, tuple[str, str]] = MappingProxyType(
    {
        "login-shape": (
            "a login has 2 to 64 letters a to z, digits and . _ - @, and begins with a letter or a digit",
            "Tên đăng nhập gồm 2 đến 64 chữ cái không dấu, chữ số và . _ - @, bắt đầu bằng chữ cái hoặc chữ số.",
        ),
        "login-taken": ("another has this login", "Tên đăng nhập này đã có người dùng."),
        "login-unknown": ("nobody has this login; diembao users list shows who has one", "Không có người dùng này."),
        "name-shape": (
            f"a name has letters, on one line of at most {_LONGEST_NAME} characters",
            f"Họ tên phải có chữ cái và không dài quá {_LONGEST_NAME} ký tự.",
        ),
        "role-unknown": (f"is no role; the roles are {', '.join(ROLES)}", "Không có vai trò này."),
        "role-first": (
            "the first user must be an administrator, or nobody could add the second",
            "Người dùng đầu tiên phải là quản trị viên.",
        ),
        "role-last": (
            "is the last active administrator; make another one first",
            "Đây là quản trị viên cuối cùng đang hoạt động; hãy thêm một quản trị viên khác trước.",
        ),
        "password-short": (
            f"a password has at least {PASSWORD_LENGTH[0]} characters",
            f"Mật khẩu phải có ít nhất {PASSWORD_LENGTH[0]} ký tự.",
        ),
        "password-long": (
            f"a password has at most {PASSWORD_LENGTH[1]} characters",
            f"Mật khẩu không được dài quá {PASSWORD_LENGTH[1]} ký tự.",
        ),
        "password-characters": (
            "a password is one line of letters, digits, signs and blanks, without control characters",
            "Mật khẩu không được chứa ký tự điều khiển hay xuống dòng.",
        ),
        "password-login": ("the password is the login", "Mật khẩu không được trùng với tên đăng nhập."),
        "password-common": (
            "the password is among those that are tried first; take several words",
            "Mật khẩu này quá dễ đoán; hãy dùng một cụm nhiều từ.",
        ),
        "password-same": ("the password is the one before", "Mật khẩu mới phải khác mật khẩu cũ."),
        "password-wrong": ("the password is not right", "Mật khẩu hiện tại không đúng."),
        "code-wrong": ("the code is not right, or was used before", "Mã xác thực không đúng hoặc đã dùng rồi."),
        "deputy-self": ("nobody stands in for himself", "Không thể tự duyệt thay cho chính mình."),
        "deputy-days": (
            f"the last day lies before the first, or more than {_LONGEST_ABSENCE.days} days after it",
            "Ngày cuối phải sau ngày đầu và trong vòng một năm.",
        ),
        "deputy-absent": (
            "is no approver: there is nothing to stand in for",
            "Người vắng mặt không có quyền duyệt.",
        ),
        "deputy-acting": (
            "may not stand in: only an active editor, reviewer or approver may",
            "Người duyệt thay phải là biên tập viên, người soát hoặc người duyệt đang hoạt động.",
        ),
    }
)


class PeopleError(UsageError):
    """Something that people, their passwords and their rights do not allow.

    `kind` is a stable word, `vietnamese` is for the screen, `field` is the form's field that it is about.
    """

    def __init__(self, kind: Fault, about: str = "") -> None:
        english, self.vietnamese = _SAID[kind]
        super().__init__(f"{about}: {english}" if about else english)
        self.kind: Fault = kind
        self.field = kind.partition("-")[0]


def fold_login(text: str) -> str:
    """The key under which a login is stored and looked up, whatever was typed: case and outer blanks do not count."""
    return unicodedata.normalize("NFKC", one_line(text)).casefold()[:64]


def login_from(text: str) -> str:
    """The login as it is stored; PeopleError where it is none."""
    if any(unicodedata.category(char) == "Cc" for char in text.strip()):
        raise PeopleError("login-shape", repr(text))
    login = unicodedata.normalize("NFKC", one_line(text)).casefold()
    if not _LOGIN.fullmatch(login):
        raise PeopleError("login-shape", repr(text))
    return login


def name_from(text: str) -> str:
    """The name as it is shown; PeopleError where it is none."""
    if any(unicodedata.category(char) == "Cc" for char in text.strip()):
        raise PeopleError("name-shape", repr(text))
    name = one_line(text)
    if len(name) > _LONGEST_NAME or not any(char.isalpha() for char in name):
        raise PeopleError("name-shape", repr(text))
    return name


def role_from(text: str) -> Role:
    """The role; PeopleError names those that there are."""
    for role in ROLES:
        if text == role:
            return role
    raise PeopleError("role-unknown", repr(text))


def password_from(text: str, login: str) -> str:
    """The password as it is hashed; PeopleError says why it will not do, and never repeats it.

    It is composed (NFC): one keyboard writes "ế" as one character, another as three.
    """
    password = composed(text)
    shortest, longest = PASSWORD_LENGTH
    if not password.isprintable():  # line ends, control characters, halves of characters
        raise PeopleError("password-characters")
    if len(password) < shortest:
        raise PeopleError("password-short")
    if len(password) > longest:
        raise PeopleError("password-long")
    if _plain(password) == _plain(login) != "":
        raise PeopleError("password-login")
    if len(set(password)) < _FEWEST_CHARACTERS or _is_common(password):
        raise PeopleError("password-common")
    return password


def composed(password: str) -> str:
    """What is hashed and compared of a password that was typed."""
    return unicodedata.normalize("NFC", password)


def check_deputy(deputy: Deputy, absent: User, acting: User) -> None:
    """PeopleError where the one may not approve for the other between these days."""
    if deputy.absent == deputy.acting:
        raise PeopleError("deputy-self")
    if not deputy.first <= deputy.last <= deputy.first + _LONGEST_ABSENCE:
        raise PeopleError("deputy-days")
    if "approve" not in absent.rights:
        raise PeopleError("deputy-absent", absent.login)
    if not may_stand_in(acting):
        raise PeopleError("deputy-acting", acting.login)


def _is_common(password: str) -> bool:
    # "Mật khẩu 2026!" → "mat khau"; nothing but figures and signs → "".
    return _plain(password) in _COMMON or bare(password) in _COMMON or not _plain(password)


def _plain(text: str) -> str:
    return bare(text).strip(_EDGES)
