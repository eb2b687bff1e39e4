"""Time and memory of every format, beside LibreOffice making a PDF of the same issue, in the same run.

    python benchmarks/rendering.py [-o FILE.json] [--items 11,50,200] [--renders N]

Each format is made in a process of its own: seconds of processor (user and system, its children's too) for the first
rendition with loading its libraries, and for the same once more; the peak of resident memory in MB; the file's size. `libreoffice` turns
our DOCX, made without page numbers, into PDF; WeasyPrint sets our page where it is installed. What is missing is named
and skipped. `docx` is made without its LibreOffice pass. `--renders` counts the renditions after which a process that
keeps making PDFs in itself, one that hands them to a process each, and one that makes Word files with a chart each are
measured for growth (0 leaves that out). `--charts` puts that many charts of 91 bars into the issue.
"""

import argparse
import importlib.util
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from digest.profile import load
from digest.render.renditions import FORMATS
from digest.render.view import View, view_of
from tests.digest.render.fakes import a_chart, an_issue, an_item, issue_of

PROFILE = "cchc"
ALTERNATIVES = ("libreoffice", "weasyprint")
PLACES = ("here", "apart", "in word")


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


def growth(renders: int, *, apart: bool) -> dict[str, float]:
    """Resident MB of this process after the first PDF and after the last, each of eleven items of its own."""
    from digest.render.pdf import pdf  # noqa: PLC0415 - memory of its own
    from digest.render.typesetting import typeset, typeset_apart  # noqa: PLC0415 - memory of its own

    setter = typeset_apart if apart else typeset
    sizes = []
    for count in range(renders):
        unlike = issue_of(*(an_item(11 * count + place) for place in range(1, 12)), profile=PROFILE)
        pdf(view_of(unlike, load(PROFILE)), setter=setter)
        sizes.append(resident_megabytes())
    return {"renders": renders, "first_mb": round(sizes[0], 1), "last_mb": round(sizes[-1], 1)}


def word_growth(renders: int) -> dict[str, float]:
    """The same of Word files, each with a chart of its own, whose drawings are set in this process."""
    from digest.render.word import word  # noqa: PLC0415 - memory of its own

    sizes = []
    for count in range(renders):
        chart = a_chart(91, title=f"Chỉ số hài lòng, lần {count}", note=f"Lần {count}.")
        rows = tuple(replace(row, value=row.value + count / 100) for row in chart.rows)
        word(view_of(issue_of(an_item(1, charts=(replace(chart, rows=rows),))), load(PROFILE)), office=None)
        sizes.append(resident_megabytes())
    return {"renders": renders, "first_mb": round(sizes[0], 1), "last_mb": round(sizes[-1], 1)}


def resident_megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1024**2


def measured(*arguments: str) -> dict[str, float]:
    """What this script prints in a fresh process."""
    command = [sys.executable, __file__, *arguments]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - this very script
    figures: dict[str, float] = json.loads(ran.stdout)
    return figures


def names() -> tuple[list[str], list[str]]:
    """What can be measured here, and what cannot."""
    there = {"libreoffice": shutil.which("soffice"), "weasyprint": importlib.util.find_spec("weasyprint")}
    return [*FORMATS, *(name for name in there if there[name])], [name for name in there if not there[name]]


def table(sizes: list[int], charts: int) -> dict[str, Any]:
    present, missing = names()
    report: dict[str, Any] = {"skipped": missing, "items": {}}
    for name in missing:
        print(f"{name}: skipped, it is not installed")
    print(f"{'items':>5} {'format':12} {'first s':>8} {'again s':>8} {'wall s':>8} {'peak MB':>8} {'KB':>9}")
    for items in sizes:
        for name in present:
            known = measured("--one", name, str(items), "--charts", str(charts))
            report["items"].setdefault(items, {})[name] = known
            shown = " ".join(f"{known[key]:8.2f}" for key in ("first_cpu_s", "again_cpu_s", "first_wall_s", "peak_mb"))
            print(f"{items:5} {name:12} {shown} {known['kb']:9.1f}", flush=True)
    return report


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--items", default="11,50,200")
    parser.add_argument("--renders", type=int, default=50)
    parser.add_argument("--charts", type=int, default=0)
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--grow", choices=PLACES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one(options.one[0], int(options.one[1]), options.charts)))
        return 0
    if options.grow:
        in_word = options.grow == "in word"
        grown = word_growth(options.renders) if in_word else growth(options.renders, apart=options.grow == "apart")
        print(json.dumps(grown))
        return 0
    report = table([int(count) for count in options.items.split(",")], options.charts)
    for place in PLACES if options.renders else ():
        known = measured("--renders", str(options.renders), "--grow", place)
        report[f"growth_{place}"] = known
        print(
            f"{known['renders']} files set {place}: {known['first_mb']} MB after the first, {known['last_mb']} at last"
        )
    if options.output:
        options.output.write_text(json.dumps(report, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
