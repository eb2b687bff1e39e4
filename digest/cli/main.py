"""`diembao`: the commands by name, and what each kind of error means for the exit status."""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Annotated

import typer

from digest.cli import (
    charts,
    check,
    day,
    demo,
    doctor,
    imports,
    issues,
    learn,
    outlets,
    profiles,
    record,
    stages,
    users,
    versions,
)
from digest.cli.console import say
from digest.errors import DiembaoError, UsageError

DONE, WITH_FAILURES, WRONG_USE, COULD_NOT_RUN, INTERRUPTED = 0, 1, 2, 3, 130

HELP = """Điểm Báo makes the daily press bulletin of a press office.

Exit status: 0 done, 1 done with failures that are listed, 2 wrong use, 3 could not run, 130 interrupted.
"""


def show_version(wanted: bool) -> None:  # noqa: FBT001 - typer hands the option's value over
    """Print the version and stop."""
    if wanted:
        typer.echo(f"diembao {version('diembao')}")
        raise typer.Exit


app = typer.Typer(help=HELP, no_args_is_help=True, add_completion=False, rich_markup_mode=None)
COMMANDS: tuple[Callable[..., int], ...] = (
    *(demo.demo, day.run, day.collect, day.why),
    *(stages.discover, stages.extract, stages.judge, stages.stories, issues.draft, issues.render, charts.chart),
    *(learn.train, learn.evaluate, doctor.doctor),
)
for command in COMMANDS:
    app.command()(command)
app.command("import")(imports.import_)
outlets.app.command("check")(check.check)
outlets.app.command("health")(check.health)
app.add_typer(outlets.app, name="sources")
app.add_typer(profiles.app, name="profiles")
versions.app.command("list")(record.list_issues)
versions.app.command("show")(record.show_issue)
app.add_typer(versions.app, name="issues")
app.add_typer(users.app, name="users")


@app.callback()
def diembao(
    _version: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """What holds for every command."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its status."""
    # A service manager's stop ends a run as Ctrl-C does: at once, and whole.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(status_of(sys.argv[1:] if arguments is None else list(arguments)))


def status_of(arguments: Sequence[str]) -> int:
    """Run one command; every error that is meant for a person becomes one line on stderr and a status."""
    if any("\udc80" <= char <= "\udcff" for argument in arguments for char in argument):
        say("diembao: an argument is not UTF-8 text")
        return WRONG_USE
    try:
        status = app(args=list(arguments), prog_name="diembao", standalone_mode=False)
        sys.stdout.flush()
    except (typer.TyperException, UsageError) as error:
        said = error.format_message() if isinstance(error, typer.TyperException) else str(error)
        say(f"diembao: {said}")
        return WRONG_USE
    except DiembaoError as error:
        say(f"diembao: {error}")
        return COULD_NOT_RUN
    except (KeyboardInterrupt, typer.Abort):
        status = INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone, as in `diembao … | head`. Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return WITH_FAILURES
    except OSError as error:
        say(f"diembao: {error.filename or 'standard output'}: {error.strerror or error}")
        return COULD_NOT_RUN
    if status == INTERRUPTED:  # typer turns Ctrl-C inside a command into this status without a word
        say("diembao: interrupted")
    return status if isinstance(status, int) else DONE


if __name__ == "__main__":
    main()
