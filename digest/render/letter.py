"""The issue as a mail: text first, then the same as HTML; nothing is fetched and nobody is counted when it is opened."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

import css_inline

from digest.errors import RenderError
from digest.profile import Profile
from digest.render.glyphs import settable
from digest.render.marks import standfirst
from digest.render.plain import text
from digest.render.sheet import Sheet, sheet
from digest.render.storable import storable
from digest.render.templating import filled
from digest.render.view import OPENING_HOUR, ItemView, Rendition, View
from digest.text import one_line

LIMIT = 90_000  # bytes of HTML; web mail cuts off what is longer
NOBODY = "ban-tin@diembao.invalid"  # a reserved name: the profile gives no address, whoever sends it sets their own

FULL, STANDFIRSTS, HEADLINES = "full", "standfirsts", "headlines"
_WORDS = {STANDFIRSTS: "the first paragraph of each item", HEADLINES: "headlines"}
_TO_THE_LIST = "undisclosed-recipients:;"


def letter(view: View, *, pdf: bytes | None = None) -> Rendition:
    """A message as RFC 5322 bytes: the full text where its HTML stays under `LIMIT`, else a summary with links.

    `pdf` is attached where it is given. RenderError where the profile's mail address is none.
    """
    shown, notes = settable(sheet(view), format_name="mail")
    html, depth, cut = _html(shown)
    message = EmailMessage(policy=SMTP)
    key = hashlib.sha256(f"{view.hash} {view.issue.version}".encode()).hexdigest()[:32]
    _head(message, view, key)
    message.set_content(text(view).data.decode() if depth == FULL else _summary(view, depth))
    message.add_alternative(html, subtype="html")
    if pdf is not None:
        message.add_attachment(pdf, maintype="application", subtype="pdf", filename=f"{view.file_stem}.pdf")
    message["Content-Language"] = "vi"  # last: the library moves such headers into the parts it makes
    parts = [part for part in message.walk() if part.is_multipart()]
    for place, part in enumerate(parts):
        part.set_boundary(f"=_{place}_{key}")  # the library would draw lots
    return Rendition(data=message.as_bytes(), notes=(*notes, *cut))


def _html(shown: Sheet) -> tuple[str, str, tuple[str, ...]]:
    """The deepest form that stays under the limit, or the shortest; and a note where it is not the full one."""
    full = _filled(shown, FULL)
    size = len(full.encode())
    if size <= LIMIT:
        return full, FULL, ()
    html, depth = _filled(shown, STANDFIRSTS), STANDFIRSTS
    if len(html.encode()) > LIMIT:
        html, depth = _filled(shown, HEADLINES), HEADLINES
    allowed = f"{size // 1000} KB where {LIMIT // 1000} are read to the end"
    return html, depth, (f"mail: the full text would take {allowed}; it holds {_WORDS[depth]} with links instead",)


def _filled(shown: Sheet, depth: str) -> str:
    """Styles stand on each element, since mail programs drop style sheets; the dark ones stay in one for those who can."""
    inliner = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
    return str(inliner.inline(filled("mail/letter.html.j2", {**shown, "depth": depth})))


def _head(message: EmailMessage, view: View, key: str) -> None:
    sender = _sender(view.profile)
    message["Subject"] = _header(view.title)
    message["From"] = sender
    message["To"] = _TO_THE_LIST
    message["Date"] = datetime.combine(view.issue.date, OPENING_HOUR)
    message["Message-ID"] = f"<{view.issue.date}.{key[:16]}@{sender.domain}>"  # short: some programs do not join lines


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


def _summary(view: View, depth: str) -> str:
    shown, _ = storable(view)
    lines = [f"{shown.title} ({shown.masthead.weekday})", shown.masthead.intro]
    for section in shown.sections:
        lines += [section.title, *("\n".join(_lines(item, depth)) for item in section.items)]
    return "\n\n".join([*lines, shown.contact]).rstrip() + "\n"


def _lines(item: ItemView, depth: str) -> Iterator[str]:
    yield f"{item.number}. {item.headline}"
    if depth == STANDFIRSTS and standfirst(item):
        yield standfirst(item)
    yield from (part for part in (item.source_line, item.url) if part)
