"""Time and memory of every format, beside LibreOffice making a PDF of the same issue, in the same run.

    python benchmarks/rendering.py [-o FILE.json] [--items 11,50,200] [--renders N]

Each format is made in a process of its own: seconds of processor (user and system, its children's too) for the first
rendition with loading its libraries, and for the same once more; the peak of resident memory in MB; the file's size. `libreoffice` turns
our DOCX, made without page numbers, into PDF; WeasyPrint sets our page where it is installed. What is missing is named
and skipped. `docx` is made without its LibreOffice pass, `letter` is the mail without its PDF, and `html+letter+text`
are made one after the other in one process. `--renders` counts the renditions after which processes are measured for
growth (0 leaves that out): one that keeps making PDFs in itself, one that hands them to a process each, one that makes
Word files with a chart each, and one that writes all formats as `diembao render` does, Word files without LibreOffice.
`--charts` puts that many charts of 91 bars into the issue.
"""

import argparse
import atexit
import importlib.util
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from digest.model import Issue
from digest.profile import load
from digest.render.renditions import FORMATS
from digest.render.view import View, view_of
from tests.digest.render.fakes import a_chart, an_issue, an_item, issue_of

PROFILE = "cchc"
ALTERNATIVES = ("libreoffice", "weasyprint")
TOGETHER = "html+letter+text"
WARM = 20  # renders after which a process has all it keeps: libraries, fonts, what typst remembers of the last ones
BOUNDS = {"pdf": (5.0, 400.0), TOGETHER: (1.0, None), "docx": (3.0, None)}  # of 200 items: seconds of processor, MB


def view(items: int, charts: int = 0) -> View:
    issue = an_issue(items, 5)
    first, *others = issue.sections
    drawn = tuple(a_chart(91, title=f"Chỉ số hài lòng, bảng {count}") for count in range(charts))
    first = replace(first, items=(replace(first.items[0], charts=drawn), *first.items[1:]))
    return view_of(replace(issue, sections=(first, *others)), load(PROFILE))


def maker(name: str) -> Callable[[View], bytes]:
    """What makes the format, or the alternative of that name, from a view."""
    if name == "libreoffice":
        return by_libreoffice
    if name == "weasyprint":
        return by_weasyprint
    if name == "docx":
        from digest.render.word import word  # noqa: PLC0415 - memory of its own

        return lambda shown: word(shown, office=None).data
    if name == "letter":
        from digest.render.letter import letter  # noqa: PLC0415 - memory of its own

        return lambda shown: letter(shown).data
    if name == TOGETHER:
        parts = [maker(part) for part in name.split("+")]
        return lambda shown: b"".join(make(shown) for make in parts)
    return lambda shown: FORMATS[name].make(shown).data


def by_libreoffice(shown: View) -> bytes:
    from digest.render.word import word  # noqa: PLC0415 - memory of its own

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "issue.docx"
        source.write_bytes(word(shown, office=None).data)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        command += ["--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=600)  # noqa: S603 - no shell, our own file
        return source.with_suffix(".pdf").read_bytes()


def by_weasyprint(shown: View) -> bytes:
    from digest.render.web import web_page  # noqa: PLC0415 - memory of its own

    weasyprint: Any = importlib.import_module("weasyprint")
    made: bytes = weasyprint.HTML(string=web_page(shown).data.decode()).write_pdf()
    return made


def processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def peak_megabytes() -> float:
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def one(name: str, items: int, charts: int) -> dict[str, float]:
    """Figures of one format, measured in this process."""
    shown = view(items, charts)
    make = maker(name)
    wall, before = time.perf_counter(), processor_seconds()
    data = make(shown)
    first, waited = processor_seconds() - before, time.perf_counter() - wall
    again = first
    if name not in ALTERNATIVES:
        before = processor_seconds()
        make(shown)
        again = processor_seconds() - before
    return {
        "first_cpu_s": round(first, 3),
        "again_cpu_s": round(again, 3),
        "first_wall_s": round(waited, 3),
        "peak_mb": round(peak_megabytes(), 1),
        "kb": round(len(data) / 1024, 1),
    }


def growth(renders: int, place: str) -> dict[str, float]:
    """Resident MB of this process after the first rendition, after `WARM`, and after the last; no two are alike."""
    render, sizes = RENDERS[place](), []
    for count in range(renders):
        render(count)
        sizes.append(resident_megabytes())
    kept = {"first_mb": sizes[0], "warm_mb": sizes[min(WARM, renders) - 1], "last_mb": sizes[-1]}
    return {"renders": renders, **{name: round(size, 1) for name, size in kept.items()}}


def eleven(count: int) -> Issue:
    return issue_of(*(an_item(11 * count + place) for place in range(1, 12)), profile=PROFILE)


def charted(count: int) -> Issue:
    """One item with a chart of its own."""
    chart = a_chart(91, title=f"Chỉ số hài lòng, lần {count}", note=f"Lần {count}.")
    rows = tuple(replace(row, value=row.value + count / 100) for row in chart.rows)
    return issue_of(an_item(1, charts=(replace(chart, rows=rows),)), profile=PROFILE)


def pdf_renders(*, apart: bool) -> Callable[[int], object]:
    from digest.render.pdf import pdf  # noqa: PLC0415 - memory of its own
    from digest.render.typesetting import typeset, typeset_apart  # noqa: PLC0415 - memory of its own

    setter = typeset_apart if apart else typeset
    return lambda count: pdf(view_of(eleven(count), load(PROFILE)), setter=setter)


def word_renders() -> Callable[[int], object]:
    """Drawings for Word are set in the process itself."""
    from digest.render.word import word  # noqa: PLC0415 - memory of its own

    return lambda count: word(view_of(charted(count), load(PROFILE)), office=None)


def published_renders() -> Callable[[int], object]:
    from digest.pipeline.publishing import write_renditions  # noqa: PLC0415 - memory of its own

    folder = Path(tempfile.mkdtemp(prefix="diembao-"))
    atexit.register(shutil.rmtree, folder)
    profile = load(PROFILE)

    def publish(count: int) -> None:
        issue = eleven(count)
        issue = replace(issue, sections=(*issue.sections, *charted(count).sections))
        made = write_renditions(issue, profile, tuple(FORMATS), folder, advance=lambda _: None)
        assert len(made.files) == len(FORMATS), made.troubles  # noqa: S101 - figures of what failed are none

    return publish


RENDERS: Mapping[str, Callable[[], Callable[[int], object]]] = {
    "here": lambda: pdf_renders(apart=False),
    "apart": lambda: pdf_renders(apart=True),
    "in word": word_renders,
    "published": published_renders,
}


def resident_megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1024**2


def measured(*arguments: str) -> dict[str, float]:
    """What this script prints in a fresh process."""
    command = [sys.executable, __file__, *arguments]
    without = {"PATH": "/nowhere"} if "published" in arguments else None  # LibreOffice grows no process of ours
    ran = subprocess.run(command, check=True, capture_output=True, text=True, env=without)  # noqa: S603 - this very script
    figures: dict[str, float] = json.loads(ran.stdout)
    return figures


def names() -> tuple[list[str], list[str]]:
    """What can be measured here, and what cannot."""
    there = {"libreoffice": shutil.which("soffice"), "weasyprint": importlib.util.find_spec("weasyprint")}
    present = [name for name in there if there[name]]
    return [*FORMATS, "letter", TOGETHER, *present], [name for name in there if not there[name]]


def table(sizes: list[int], charts: int) -> dict[str, Any]:
    present, missing = names()
    report: dict[str, Any] = {"skipped": missing, "items": {}}
    for name in missing:
        print(f"{name}: skipped, it is not installed")
    print(f"{'items':>5} {'format':16} {'first s':>8} {'again s':>8} {'wall s':>8} {'peak MB':>8} {'KB':>9}")
    for items in sizes:
        for name in present:
            known = measured("--one", name, str(items), "--charts", str(charts))
            report["items"].setdefault(items, {})[name] = known
            shown = " ".join(f"{known[key]:8.2f}" for key in ("first_cpu_s", "again_cpu_s", "first_wall_s", "peak_mb"))
            print(f"{items:5} {name:16} {shown} {known['kb']:9.1f}", flush=True)
        for name, (seconds, megabytes) in BOUNDS.items() if items == 200 else ():
            known = report["items"][items][name]
            holds = known["first_cpu_s"] < seconds and (megabytes is None or known["peak_mb"] < megabytes)
            print(
                f"{name}: {'below' if holds else 'ABOVE'} {seconds:.0f} s{f', {megabytes:.0f} MB' if megabytes else ''}"
            )
    return report


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--items", default="11,50,200")
    parser.add_argument("--renders", type=int, default=50)
    parser.add_argument("--charts", type=int, default=0)
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--grow", choices=tuple(RENDERS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one(options.one[0], int(options.one[1]), options.charts)))
        return 0
    if options.grow:
        print(json.dumps(growth(options.renders, options.grow)))
        return 0
    report = table([int(count) for count in options.items.split(",")], options.charts)
    for place in RENDERS if options.renders else ():
        known = measured("--renders", str(options.renders), "--grow", place)
        report[f"growth_{place}"] = known
        print(
            f"{known['renders']} renders, {place}: {known['first_mb']} MB after the first, "
            f"{known['warm_mb']} after {WARM}, {known['last_mb']} at last",
            flush=True,
        )
    if options.output:
        options.output.write_text(json.dumps(report, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
