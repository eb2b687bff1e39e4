"""The formats an issue is made in, by name. A maker's libraries load when it is first used."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from digest.errors import RenderError
from digest.model import Issue
from digest.pictures import Picture
from digest.profile import Profile
from digest.render.view import Rendition, View, view_of
from digest.wire import dump, dumps


@dataclass(frozen=True, slots=True)
class Format:
    """How files of the format end (without the first dot), and what makes one."""

    ending: str
    make: Callable[[View], Rendition]


def render(
    issue: Issue, profile: Profile, name: str, pictures: Mapping[str, Picture] = MappingProxyType({})
) -> Rendition:
    """The issue, with the pictures it prints by address, in one of `FORMATS`; RenderError for a name that is none of them and for what cannot be made."""
    if name not in FORMATS:
        raise RenderError(f"format {name!r}: unknown; known: {', '.join(FORMATS)}")
    return FORMATS[name].make(view_of(issue, profile, pictures))


def _html(view: View) -> Rendition:
    from digest.render.web import web_page  # noqa: PLC0415 - jinja2

    return web_page(view)


def _pdf(view: View) -> Rendition:
    from digest.render.pdf import pdf  # noqa: PLC0415 - typst

    return pdf(view)


def _docx(view: View) -> Rendition:
    from digest.render.word import word  # noqa: PLC0415 - python-docx

    return word(view)


def _mail(view: View) -> Rendition:
    from digest.render.letter import letter  # noqa: PLC0415 - jinja2, css-inline

    # Offices send the PDF along: their readers print it or file it.
    try:
        attached = _pdf(view)
    except RenderError as error:
        message = letter(view)
        return Rendition(data=message.data, notes=(*message.notes, f"mail: goes without its PDF: {error}"))
    message = letter(view, pdf=attached.data)
    return Rendition(data=message.data, notes=(*message.notes, *attached.notes))


def _text(view: View) -> Rendition:
    from digest.render.plain import text  # noqa: PLC0415 - one habit for all makers

    return text(view)


def _chat(view: View) -> Rendition:
    from digest.render.plain import chat  # noqa: PLC0415 - one habit for all makers

    return chat(view)


def _png(view: View) -> Rendition:
    from digest.render.page_one import page_one  # noqa: PLC0415 - typst, pypdfium2

    return page_one(view)


def _note(view: View) -> Rendition:
    from digest.render.note import note  # noqa: PLC0415 - python-docx

    return note(view)


def _json(view: View) -> Rendition:
    # What UTF-8 knows no form for, half a surrogate pair, is written as JSON writes it: "\ud83d".
    return Rendition(data=f"{dumps(dump(view.issue), indent=1)}\n".encode(errors="backslashreplace"))


def _atom(view: View) -> Rendition:
    from digest.render.atom import atom  # noqa: PLC0415 - jinja2

    return atom(view)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "html": Format("html", _html),
        "pdf": Format("pdf", _pdf),
        "docx": Format("docx", _docx),
        "mail": Format("eml", _mail),
        "text": Format("txt", _text),
        "chat": Format("chat.txt", _chat),
        "json": Format("json", _json),
        "atom": Format("atom", _atom),
        "png": Format("png", _png),
        "note": Format("note.docx", _note),
    }
)
