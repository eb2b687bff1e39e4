"""A mail around its words: headers, text first, then the same as HTML, attachments; the same words, the same bytes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from types import MappingProxyType

import css_inline

from digest.errors import RenderError
from digest.profile import Profile
from digest.render.view import OPENING_HOUR, View
from digest.text import one_line

LIMIT = 90_000  # bytes of HTML; web mail cuts off what is longer
HASH_HEADER = "X-Diembao-SHA256"
NOBODY = "ban-tin@diembao.invalid"  # a reserved name: the profile gives no address, whoever sends it sets their own

_END = "\r\n"
_TO_THE_LIST = "undisclosed-recipients:;"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a mail says; `html` has its styles on its elements. `identity` is what makes it another message: mail programs show one of an id only once."""

    subject: str
    plain: str
    html: str
    identity: tuple[str, ...]


def enclosed(view: View, words: Words, attached: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """The message as RFC 5322 bytes, with PDFs by their file names; RenderError where the profile's address is none."""
    message = EmailMessage(policy=SMTP)
    key = hashlib.sha256(" ".join(words.identity).encode()).hexdigest()[:32]
    message["To"] = _TO_THE_LIST
    message["Date"] = datetime.combine(view.issue.date, OPENING_HOUR)
    sender = _sender(view.profile)
    message["Message-ID"] = f"<{view.issue.date}.{key[:16]}@{sender.domain}>"  # short: some programs do not join lines
    message.set_content(words.plain)
    message.add_alternative(words.html, subtype="html")
    for name, data in attached.items():
        message.add_attachment(data, maintype="application", subtype="pdf", filename=name)
    message["Content-Language"] = "vi"  # last: the library moves such headers into the parts it makes
    for place, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{place}_{key}")  # the library would draw lots
    return _named(sender, words.subject, view.hash) + message.as_bytes()


def inlined(html: str) -> str:
    """Styles stand on each element, since mail programs drop style sheets; the dark ones stay in one for those who can."""
    return str(css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False).inline(html))


def _named(sender: Address, subject: str, content: str) -> bytes:
    """The headers that the library folds badly: it loses a blank between plain words and encoded ones."""
    lines = (
        _encoded("Subject", subject),
        f"{_encoded('From', sender.display_name)}{_END} <{sender.addr_spec}>",
        f"{HASH_HEADER}: {content}",
    )
    return "".join(f"{line}{_END}" for line in lines).encode("ascii")


def _encoded(name: str, words: str) -> str:
    """All words encoded, and the blanks between them too."""
    return f"{name}: {Header(_header(words), 'utf-8', header_name=name).encode(linesep=_END)}"


def _sender(profile: Profile) -> Address:
    name = _header(profile.imprint.issuer or profile.name)
    try:
        return Address(display_name=name, addr_spec=profile.imprint.email or NOBODY)
    except (MessageError, ValueError, IndexError) as error:
        message = f"profile {profile.id}, key imprint.email: {profile.imprint.email!r} is no mail address"
        raise RenderError(message) from error


def _header(words: str) -> str:
    """One line of characters that a header can hold: a line's end would begin another header."""
    return one_line(words.encode("utf-8", "replace").decode())
