"""`diembao doctor`: whether everything that the work needs is there, and how the sources are. Makes and changes nothing."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from digest.cli.console import alert_lines
from digest.cli.doctor_check import Check, fail, may_be_written, ok, warn
from digest.cli.options import AsJson
from digest.cli.outlets import known_sources
from digest.cli.surroundings import Surroundings, look_around
from digest.errors import DiembaoError
from digest.pipeline.report import Alert
from digest.settings import Settings
from digest.wire import dump, dumps

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from scrapers.source import Source

_GIGABYTE = 1024**3
_LITTLE_SPACE, _NO_SPACE = 2 * _GIGABYTE, _GIGABYTE // 5
_LONG_AGO = timedelta(hours=26)
_RIGHT_CONTACT = "set contact to a mailbox or a web address"
_WEEKEND = frozenset({5, 6})
_FILES = (
    *("bulletin/bulletin.typ", "bulletin/page.html.j2", "mail/letter.html.j2", "fonts/DejaVuSans.ttf"),
    *(f"fonts/LiberationSerif-{face}.ttf" for face in ("Regular", "Bold", "Italic", "BoldItalic")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """All that was looked at."""

    checks: tuple[Check, ...]
    alerts: tuple[Alert, ...] = ()

    @property
    def status(self) -> int:
        """The command's exit status."""
        states = {check.state for check in self.checks}
        return 3 if "fail" in states else 1 if self.alerts or "warn" in states else 0


@dataclass(slots=True)
class _Office:
    """The office as far as it was found; a check that fails leaves its part out."""

    surroundings: Surroundings
    sources: "tuple[Source, ...]" = ()
    engine: "Engine | None" = None
    is_ready: bool = False  # the database is at this program's schema
    alerts: tuple[Alert, ...] = field(default=())

    @property
    def settings(self) -> Settings:
        return self.surroundings.settings


def doctor(as_json: AsJson = False) -> int:
    """Whether all is there that the work needs, and which sources a person should look at."""
    diagnosis = diagnose()
    if as_json:
        typer.echo(dumps(dump(diagnosis)))
        return diagnosis.status
    for check in diagnosis.checks:
        typer.echo(f"{check.state:<5}{check.name:<12}{check.said}" + (f" – {check.remedy}" if check.remedy else ""))
    for line in alert_lines(diagnosis.alerts):
        typer.echo(line)
    return diagnosis.status


def diagnose() -> Diagnosis:
    """Look at everything once."""
    try:
        office = _Office(look_around())
    except DiembaoError as error:
        return Diagnosis(checks=(Check(name="settings", state="fail", said=str(error)),))
    checks = [Check(name="settings", state="ok", said=f"home {office.settings.home}")]
    try:
        for name, look in _LOOKS:
            checks += _looked(name, look, office)
    finally:
        if office.engine is not None:
            office.engine.dispose()
    return Diagnosis(checks=tuple(checks), alerts=office.alerts)


def _looked(name: str, look: Callable[[_Office], Iterator[Check]], office: _Office) -> list[Check]:
    """What a look brought; its error, which names the remedy, is a check that failed."""
    try:
        return [replace(check, name=name) for check in look(office)]
    except DiembaoError as error:
        return [Check(name=name, state="fail", said=str(error))]


def _home(office: _Office) -> Iterator[Check]:
    home = office.settings.home.absolute()
    there = next(folder for folder in (home, *home.parents) if folder.exists())
    if not may_be_written(there):
        yield fail(f"{there} is no folder that may be written", "make it writable for this user, or set home")
        return
    yield ok(f"{home} may be written" if there == home else f"{home} is not there yet and can be made")
    free = shutil.disk_usage(there).free
    said = f"{free / _GIGABYTE:.1f} GB free"
    if free < _LITTLE_SPACE:
        yield (fail if free < _NO_SPACE else warn)(said, "free space, or set home to another disk")
    else:
        yield ok(said)


def _contact(office: _Office) -> Iterator[Check]:
    contact = (office.settings.contact or "").strip()
    if contact and not (contact.isascii() and contact.isprintable()):
        yield fail(f"{contact!r} is no plain ASCII text", _RIGHT_CONTACT)
    elif any(mark in contact for mark in ("@", "http://", "https://", "mailto:")):
        yield ok(contact)
    elif contact:
        yield warn(f"{contact!r} is no address: no outlet can write to it", _RIGHT_CONTACT)
    else:
        remedy = 'put contact = "bantin@your-office.example" into diembao.toml, or set DIEMBAO_CONTACT'
        yield fail("is not set: nothing can be collected", remedy)


def _catalogue(office: _Office) -> Iterator[Check]:
    office.sources = tuple(source for source in known_sources(office.surroundings) if not source.not_collected)
    if office.sources:
        yield ok(f"{len(office.sources)} outlets are collected")
    else:
        yield warn("no outlet is collected", "name catalogue files under sources, or set shipped_sources = true")


def _profile(office: _Office) -> Iterator[Check]:
    from digest import profile as profiles

    yield ok(profiles.load(office.settings.profile).id)


def _model(office: _Office) -> Iterator[Check]:
    from classifiers.judge import Judge

    card = Judge.load(office.settings.model).card
    yield ok(f"{card.name}, trained {card.trained}")


def _files(_office: _Office) -> Iterator[Check]:
    import templates

    folder = Path(templates.__file__).parent
    missing = [name for name in _FILES if not (folder / name).is_file()]
    yield fail(f"{', '.join(missing)} missing", "install diembao again") if missing else ok("templates and fonts")


def _tools(_office: _Office) -> Iterator[Check]:
    office_suite = shutil.which("soffice")
    if office_suite:
        yield ok(f"LibreOffice {office_suite}")
    else:
        yield warn("LibreOffice is not there: Word files have no page numbers in their contents", "install it")
    pictures = shutil.which("pdftoppm")
    yield ok(f"pdftoppm {pictures}" if pictures else "pdftoppm is not there; only pictures of pages need it")


def _database(office: _Office) -> Iterator[Check]:
    from storage.database import engine_of
    from storage.health import revision_of
    from storage.schema import HEAD

    engine = office.engine = engine_of(office.settings.database)
    name = engine.url.render_as_string(hide_password=True)
    if engine.url.get_backend_name() == "sqlite" and not Path(str(engine.url.database)).exists():
        yield warn(f"{name}: there is none yet", "diembao run makes it")
        return
    revision = revision_of(engine)
    if revision == HEAD:
        office.is_ready = True
        yield ok(f"{name}, schema {revision}")
    elif revision is None or revision < HEAD:
        yield warn(f"{name}: schema {revision or 'none'}, this program has {HEAD}", "the next diembao run upgrades it")
    else:
        yield fail(
            f"{name}: schema {revision} is newer than this program's {HEAD}", "install that version or a later one"
        )


def _collecting(office: _Office) -> Iterator[Check]:
    from digest.pipeline.rhythm import clock_between
    from storage.database import reading
    from storage.health import last_round

    if office.engine is None or not office.is_ready:
        return
    with reading(office.engine) as session:
        last = last_round(session)
    moment: datetime = office.surroundings.moment
    if last is None:
        yield warn("nothing was collected yet", "diembao run")
    elif clock_between(last, moment, _WEEKEND) > _LONG_AGO:
        yield warn(f"nothing was collected since {last.astimezone(moment.tzinfo):%d/%m/%Y %H:%M}", "diembao run")
    else:
        yield ok(f"last at {last.astimezone(moment.tzinfo):%d/%m/%Y %H:%M}")


def _sources(office: _Office) -> Iterator[Check]:
    """The alerts follow the checks; here is said only that there are none."""
    from digest.pipeline.health_now import alerts_now

    if office.engine is None or not office.is_ready:
        return
    office.alerts = alerts_now(office.engine, office.sources, office.surroundings.moment)
    if not office.alerts:
        yield ok("no alerts")


_LOOKS: tuple[tuple[str, Callable[[_Office], Iterator[Check]]], ...] = (
    *(("home", _home), ("contact", _contact), ("catalogue", _catalogue), ("profile", _profile), ("model", _model)),
    *(("files", _files), ("tools", _tools), ("database", _database), ("collecting", _collecting)),
    ("sources", _sources),
)
