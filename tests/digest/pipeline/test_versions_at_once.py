"""Two people with one issue in hand at the same moment, each in a process of their own, on every database."""

import multiprocessing
from dataclasses import replace
from datetime import date
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier

from digest.errors import DiembaoError
from digest.pipeline.versions import Deed, keep_version, recall, stored_issue
from storage.database import begin, open_database, reading
from storage.issues import issues_of, save_draft, settle
from tests.digest.render.fakes import an_issue
from tests.fakes import at
from tests.storage import conftest as databases

database_url = databases.database_url
DAYS = [date(2026, 3, day) for day in (2, 3, 4)]


def _act(url: str, what: str, barrier: Barrier, told: "SimpleQueue[str]") -> None:
    """For each day read the issue, wait for the other, and do it."""
    engine = open_database(url)
    deed = Deed(moment=at("2026-03-05 09:00"), reason="vì")
    for day in DAYS:
        issue = stored_issue(engine, "cchc", day)
        barrier.wait()
        try:
            if what == "recall":
                recall(engine, issue, deed)
            else:
                keep_version(engine, issue, replace(issue, number=77), deed)
        except DiembaoError as error:
            told.put(f"{what}: {error}")
        else:
            told.put(what)
    engine.dispose()


def test_a_recalled_issue_has_no_correction_that_could_be_approved(database_url: str) -> None:
    engine = open_database(database_url)
    with begin(engine) as session:
        for day in DAYS:
            settle(session, save_draft(session, an_issue(4, 2, profile="cchc", date=day)), "approved")
    context = multiprocessing.get_context("spawn")
    barrier, told = context.Barrier(2), context.SimpleQueue()
    people = [context.Process(target=_act, args=(database_url, what, barrier, told)) for what in ("recall", "correct")]
    for one in people:
        one.start()
    answers = [told.get() for _ in range(2 * len(DAYS))]
    for one in people:
        one.join()
    with reading(engine) as session:
        statuses = {(issue.date, issue.version): issue.status for issue in issues_of(session, "cchc")}
    engine.dispose()
    assert set(statuses.values()) == {"recalled"}
    assert answers.count("recall") == len(DAYS)
    refused = [answer for answer in answers if answer.startswith("correct: ")]
    assert all("has changed meanwhile" in answer for answer in refused)
