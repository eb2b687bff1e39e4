"""Codes by RFC 6238: its own examples, half a minute of drift, none twice; and the QR code that telephones read."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree as ET

import pyotp
import pytest

from digest.desk.codes import accepted_step, is_secret, new_secret, provisioning_uri, qr_code
from tests.fakes import at
from tests.storage.fakes import dice

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # noqa: S105 - "12345678901234567890", the RFC's own
NOW = at("2026-03-02 08:00")


# RFC 6238, appendix B, the last six of its eight figures.
@pytest.mark.parametrize(
    ("second", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_the_standards_examples_are_right(second: int, code: str):
    moment = datetime.fromtimestamp(second, UTC)
    assert accepted_step(SECRET, code, moment, None) == second // 30


@pytest.mark.parametrize(("seconds", "right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_one_step_off(seconds: int, *, right: bool):
    code = pyotp.TOTP(SECRET).at(NOW + timedelta(seconds=seconds))
    assert (accepted_step(SECRET, code, NOW, None) is not None) == right


def test_a_code_is_not_taken_twice_nor_one_from_before():
    code, before = pyotp.TOTP(SECRET).at(NOW), pyotp.TOTP(SECRET).at(NOW - timedelta(seconds=30))
    step = accepted_step(SECRET, code, NOW, None)
    assert step is not None
    assert accepted_step(SECRET, code, NOW, step) is None
    assert accepted_step(SECRET, code, NOW + timedelta(seconds=20), step) is None
    assert accepted_step(SECRET, before, NOW, step) is None
    after = pyotp.TOTP(SECRET).at(NOW + timedelta(seconds=30))
    assert accepted_step(SECRET, after, NOW, step) == step + 1


def test_blanks_inside_a_code_do_not_count_and_nothing_else_is_a_code():
    code = pyotp.TOTP(SECRET).at(NOW)
    assert accepted_step(SECRET, f" {code[:3]} {code[3:]}\n", NOW, None) is not None
    for wrong in ("", "12345", f"{code}0", "mã số", "１２３４５６", "\ud800"):
        assert accepted_step(SECRET, wrong, NOW, None) is None


def test_a_secret_is_160_bits_of_chance():
    random = dice()
    first, second = new_secret(random), new_secret(random)
    assert first != second
    assert is_secret(first)
    assert not any(is_secret(wrong) for wrong in ("", first[:-1], first.lower(), first + "A", "1" * 32))


def test_the_address_names_the_office_and_the_login():
    uri = urlsplit(provisioning_uri(SECRET, "lan.bien"))
    assert (uri.scheme, uri.netloc, unquote(uri.path)) == ("otpauth", "totp", "/Điểm Báo:lan.bien")
    assert parse_qs(uri.query) == {"secret": [SECRET], "issuer": ["Điểm Báo"]}


def test_the_qr_code_is_one_drawing_without_style_or_script():
    made = qr_code(provisioning_uri(SECRET, "lan.bien"), "Mã <của> Lan")
    drawing = ET.fromstring(made)  # noqa: S314 - made here
    assert drawing.findtext("title") == "Mã <của> Lan"
    assert {element.tag for element in drawing.iter()} <= {"svg", "title", "g", "path"}
    assert "style" not in made
    assert int(drawing.attrib["width"]) >= 200
