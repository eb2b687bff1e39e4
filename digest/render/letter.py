"""The issue as a mail: text first, then the same as HTML; nothing is fetched and nobody is counted when it is opened.

It carries no logo: each reader would get its bytes with each mail, many programs list it as an attachment, a black one
vanishes in the dark, and Word's own mail program draws no SVG. The office's colour and name head the mail.
"""

from collections.abc import Iterator

from digest.render.envelope import LIMIT, Words, enclosed, inlined
from digest.render.glyphs import settable
from digest.render.marks import standfirst
from digest.render.plain import CONTENT_HASH, headed, text
from digest.render.sheet import Sheet, sheet
from digest.render.storable import storable
from digest.render.templating import filled
from digest.render.view import ItemView, Rendition, View, mark_of

FULL, STANDFIRSTS, HEADLINES = "full", "standfirsts", "headlines"
_WORDS = {STANDFIRSTS: "the first paragraph of each item", HEADLINES: "headlines"}


def letter(view: View, *, pdf: bytes | None = None) -> Rendition:
    """A message as RFC 5322 bytes: the full text where its HTML stays under `LIMIT`, else a summary with links.

    `pdf` is attached where it is given. RenderError where the profile's mail address is none.
    """
    shown, notes = settable(sheet(view), format_name="mail")
    html, depth, cut = _html(shown)
    words = Words(
        subject=f"{mark_of(view.issue)}{view.title}",
        plain=text(view).data.decode() if depth == FULL else _summary(view, depth),
        html=html,
        identity=tuple(_identity(view)),
    )
    attached = {f"{view.file_stem}.pdf": pdf} if pdf is not None else {}
    return Rendition(data=enclosed(view, words, attached), notes=(*notes, *cut))


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
    return inlined(filled("mail/letter.html.j2", {**shown, "depth": depth, "hash_words": CONTENT_HASH}))


def _identity(view: View) -> Iterator[str]:
    """A recall is another message than what it recalls."""
    yield from (view.hash, str(view.issue.version))
    if view.issue.status == "recalled":
        yield view.issue.status


def _summary(view: View, depth: str) -> str:
    shown, _ = storable(view)
    lines = [shown.notice, headed(shown), shown.masthead.intro]
    for section in shown.sections:
        lines += [section.title, *("\n".join(_lines(item, depth)) for item in section.items)]
    lines += [shown.contact, f"{CONTENT_HASH} {shown.hash}"]
    return "\n\n".join(line for line in lines if line) + "\n"


def _lines(item: ItemView, depth: str) -> Iterator[str]:
    yield f"{item.number}. {item.headline}"
    if depth == STANDFIRSTS and standfirst(item):
        yield standfirst(item)
    yield from (part for part in (item.source_line, item.url) if part)
