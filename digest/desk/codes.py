"""Codes of six figures from a telephone (RFC 6238): the second thing that signing in may need."""

import base64
import hmac
import re
from datetime import datetime

import pyotp
import segno

from digest.people import Random

ISSUER = "Điểm Báo"
_STEP = 30  # seconds
_DRIFT = (-1, 0, 1)  # steps: a telephone's clock may be half a minute off
_SECRET = re.compile(r"[A-Z2-7]{32}")
_CODE = re.compile(r"[0-9]{6}")


def new_secret(random: Random) -> str:
    """160 random bits in base32, as RFC 4226 wants them."""
    return base64.b32encode(random(20)).decode()


def is_secret(text: str) -> bool:
    """Whether it is of the shape that `new_secret` gives."""
    return _SECRET.fullmatch(text) is not None


def accepted_step(secret: str, code: str, moment: datetime, last: int | None) -> int | None:
    """The step of time whose code this is, None where it is wrong or of the last step used or one before it.

    Keep it: a code that was seen over a shoulder must not work again.
    """
    given = re.sub(r"\s", "", code)
    if not _CODE.fullmatch(given):
        return None
    maker = pyotp.TOTP(secret)
    now = int(moment.timestamp()) // _STEP
    # All three are always made, so that the time taken says nothing.
    fitting = [step for step in (now + drift for drift in _DRIFT) if _same(maker.generate_otp(step), given)]
    return next((step for step in fitting if last is None or step > last), None)


def provisioning_uri(secret: str, login: str, issuer: str = ISSUER) -> str:
    """The otpauth:// address that an authenticator reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=issuer)


def qr_code(uri: str, title: str = "Mã QR để quét bằng ứng dụng xác thực") -> str:
    """The address as a QR code: an SVG element for a page, black on white, without style or script."""
    made = segno.make(uri, error="m", micro=False)
    return made.svg_inline(scale=5, border=4, dark="#000", light="#fff", title=title, omitsize=False)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one, other)
