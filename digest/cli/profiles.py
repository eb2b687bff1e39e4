"""Profiles on the command line: which there are, what one says, whether an office's own is good."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.console import say
from digest.wire import dumps

if TYPE_CHECKING:
    from digest.profile import Profile

app = typer.Typer(help="The bulletin series.", no_args_is_help=True, rich_markup_mode=None)
Named = Annotated[str, typer.Argument(metavar="NAME", help="A shipped profile's name, or a profile file.")]


@app.command("list")
def list_profiles(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, every key.")] = False,
) -> int:
    """The shipped profiles, a line each: id, name, sections."""
    from digest import profile as profiles

    known = [profiles.load(name) for name in profiles.shipped_names()]
    width = max(len(one.id) for one in known)
    for one in known:
        keys = ", ".join(section.key for section in one.sections)
        typer.echo(dumps(asdict(one)) if as_json else f"{one.id:<{width}}  {one.name}: {keys}")
    return 0


@app.command("show")
def show_profile(
    name: Named,
    as_json: Annotated[bool, typer.Option("--json", help="Every key, as JSON.")] = False,
) -> int:
    """Every setting of a profile, a line each, the defaults that it does not name included."""
    from digest import profile as profiles

    shown = profiles.load(name)
    if as_json:
        typer.echo(dumps(asdict(shown), indent=2))
        return 0
    for key, value in asdict(shown).items():
        _show(key, value)
    return 0


@app.command("check")
def check_profile(name: Named) -> int:
    """Whether a profile is good: its first fault and status 3, or what a person should know of it."""
    from digest import profile as profiles

    checked = profiles.load(name)
    for note in _notes(checked):
        say(f"note: {note}")
    say(f"title: {_title_today(checked)}")
    keys = ", ".join(section.key for section in checked.sections)
    say(f"{checked.id}: {checked.name}: good; sections {keys}; at most {checked.choice.at_most} items")
    return 0


def _title_today(checked: "Profile") -> str:
    """What today's issue would be called: only a person sees that {Topic} has made "Huế" a "huế"."""
    from digest.cli.surroundings import now

    today = now().date()
    return checked.title_on(today, today.month if checked.numbering.issues == "month" else 1)


def _show(key: str, value: object) -> None:
    if isinstance(value, dict) and value:
        for inner, its in value.items():
            _show(f"{key}.{inner}", its)
    elif isinstance(value, list | tuple) and value and isinstance(value[0], dict):
        for place, entry in enumerate(value):
            _show(f"{key}[{place}]", entry)
    else:
        typer.echo(f"{key} = {json.dumps(value, ensure_ascii=False)}")


def _notes(checked: "Profile") -> list[str]:
    """What is no fault, and may yet be a surprise."""
    from digest.about import unknown_names
    from digest.cli.surroundings import now

    notes = []
    if not checked.imprint.email:
        notes.append("imprint.email is empty: contact line and mail name no address")
    notes += [
        f"about: {name!r} is in no table: it is found by these very words alone"
        for name in unknown_names(checked.about, now().date())
    ]
    own = [section.key for section in checked.sections if section.own]
    if own:
        notes.append(f"sections {', '.join(own)}: filled with own articles only (diembao draft --own)")
    return notes
