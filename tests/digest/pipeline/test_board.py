"""The draft board: acts at once kept and named after their editor, undone beside others', refused where two meet."""

import json
import os
import random
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, update

from digest.editing import changed, item_of, key_of
from digest.errors import DiembaoError, InputError, UsageError
from digest.model import Issue, Status
from digest.pipeline.board import changes_since, history
from digest.pipeline.overtaken import Overtaken
from digest.pipeline.versions import Deed, approve, keep_version
from storage.database import begin, reading
from storage.history import history_of
from storage.schema import DecisionRow, IssueRow, ItemRow
from tests.digest.pipeline.acting import (
    FIRST,
    KEYS,
    MOMENT,
    PROFILE,
    TITLES,
    Editor,
    a_draft,
    bring,
    check_replayed,
    drop,
    headline,
    merge,
    move,
    stored,
)
from tests.digest.render.fakes import DAY, an_item, issue_of
from tests.storage import conftest as databases
from tests.storage.fakes import killed_when_ready, said_at_once

LONG = os.environ.get("DIEMBAO_DRILL") == "long"  # noqa: TID251 - `make drill` acts and kills more often
ACTS = 100 if LONG else 12
KILLS = 12 if LONG else 2

database_url, engine = databases.database_url, databases.engine


def _shown(issue: Issue) -> dict[str, list[str]]:
    return {part.key: [key_of(item) for item in part.items] for part in issue.sections}


def _decisions(engine: Engine) -> list[tuple[str, str, str | None, str | None]]:
    with reading(engine) as session:
        rows = session.scalars(select(DecisionRow).order_by(DecisionRow.id))
        return [(row.article, row.deed, row.section, row.by) for row in rows]


def _printed(engine: Engine) -> list[tuple[int, int, str, str | None, str]]:
    with reading(engine) as session:
        chosen = select(ItemRow).order_by(ItemRow.issue_id, ItemRow.position)
        return [(row.position, row.number, row.section, row.article, row.headline) for row in session.scalars(chosen)]


def _rows_of(issue: Issue) -> list[tuple[int, int, str, str | None, str]]:
    items = [(part.key, item) for part in issue.sections for item in part.items]
    return [(at, item.number, part, item.article, item.headline) for at, (part, item) in enumerate(items)]


def test_the_first_act_leaves_the_run_s_draft_and_later_ones_change_the_editors_in_place(engine: Engine):
    mine, own = Editor(engine, "p-lan"), a_draft(engine)
    first = mine.does("drop", drop("a2"))
    second = mine.does("headline", headline("a1", "Tít của tôi"))
    assert (first.issue.version, second.issue.version, first.number, second.number) == (2, 2, 1, 2)
    assert stored(engine) == second.issue
    assert stored(engine, 1) == own
    assert _printed(engine) == _rows_of(own) + _rows_of(second.issue)
    with reading(engine) as session:
        events = history_of(session, PROFILE, DAY)
    assert [(event.version, event.deed, event.by) for event in events] == [(2, "edited", "p-lan")]


def test_what_changes_nothing_adds_nothing(engine: Engine):
    own = a_draft(engine)
    acted = Editor(engine, "p-lan").does("move", move("a1", "chu_truong"))
    assert (acted.issue, acted.number, acted.step) == (own, 0, ())
    assert stored(engine) == own
    assert history(engine, PROFILE, DAY) == ()
    assert _decisions(engine) == []


def test_a_mark_that_is_not_printed_is_kept_too(engine: Engine):
    a_draft(engine)
    mine = Editor(engine, "p-lan")
    mine.does("headline", headline("a1", "Tít của tôi"))

    def mended(issue: Issue) -> Issue:
        return changed(issue, TITLES, "a1", lambda item: replace(item, flags=("mended",)))

    mine.does("mend", mended)
    assert item_of(stored(engine), "a1").flags == ("mended",)
    mine.undoes()
    assert item_of(stored(engine), "a1").flags == ()


def test_items_of_a_past_bulletin_can_be_edited(engine: Engine):
    past = a_draft(engine, issue_of(an_item(1, article=None), an_item(2, article=None), profile=PROFILE))
    acted = Editor(engine, "p-lan").does("drop", drop("tin-20260302-2"))
    assert _shown(acted.issue) == {"chu_truong": ["tin-20260302-1"]}
    assert check_replayed(engine, past) == {"p-lan": 1}


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("review", "Số này đang chờ duyệt"),
        ("approved", "Số này đã duyệt"),
        ("published", "Số này đã phát hành"),
        ("corrected", "Bản này đã có bản đính chính"),
        ("recalled", "Số này đã thu hồi"),
    ],
)
def test_what_is_no_draft_is_refused(engine: Engine, status: Status, says: str):
    a_draft(engine)
    mine = Editor(engine, "p-lan")
    mine.does("drop", drop("a2"))
    with begin(engine) as session:
        session.execute(update(IssueRow).where(IssueRow.version == 2).values(status=status))
    for tries in (lambda: mine.does("drop", drop("a1")), mine.undoes, mine.redoes):
        with pytest.raises(UsageError, match=says):
            tries()
    assert len(history(engine, PROFILE, DAY)) == 1


def test_where_there_is_no_draft_the_screen_says_so(engine: Engine):
    with pytest.raises(InputError, match=r"Chưa có bản nháp của ngày 02/03/2026\."):
        Editor(engine, "p-lan").does("drop", drop("a2"))
    assert changes_since(engine, PROFILE, DAY, 0) is None


def test_an_act_that_fails_leaves_no_trace(engine: Engine):
    own = a_draft(engine)
    mine = Editor(engine, "p-lan")
    with pytest.raises(InputError, match="no section 'x'"):
        mine.does("move", move("a1", "x"))
    assert stored(engine) == own
    assert mine.does("drop", drop("a1")).number == 1


def test_every_step_is_remembered_with_its_editor_and_moment(engine: Engine):
    a_draft(engine)
    lan, minh = Editor(engine, "p-lan"), Editor(engine, "p-minh")
    lan.does("drop", drop("a2"))
    acted = minh.does("headline", headline("a1", "Tít của Minh"))
    lan.undoes()
    told = history(engine, PROFILE, DAY)
    assert [(one.number, one.version, one.by, one.deed, one.of) for one in told] == [
        (1, 2, "p-lan", "drop", None),
        (2, 2, "p-minh", "headline", None),
        (3, 2, "p-lan", "undo", 1),
    ]
    assert told[1].moment == MOMENT + timedelta(seconds=1)
    assert told[1].issue_hash == acted.issue.hash
    assert told[1].step == acted.step
    assert [one.number for one in history(engine, PROFILE, DAY, "a2")] == [1, 3]


def test_other_screens_learn_what_was_done_since(engine: Engine):
    own = a_draft(engine)
    quiet = changes_since(engine, PROFILE, DAY, 0)
    assert quiet is not None
    assert (quiet.now.version, quiet.now.status, quiet.now.hash, quiet.now.number) == (1, "draft", own.hash, 0)
    mine = Editor(engine, "p-lan")
    for key in ("a1", "a2", "a3"):
        mine.does("drop", drop(key))
    later = changes_since(engine, PROFILE, DAY, 1)
    assert later is not None
    assert (later.now.version, later.now.hash, later.now.number) == (2, stored(engine).hash, 3)
    assert [one.number for one in later.steps] == [2, 3]


def test_thirty_steps_are_undone_and_done_again(engine: Engine):
    own = a_draft(engine)
    mine, dice = Editor(engine, "p-lan"), random.Random(3)  # noqa: S311 - nothing is kept secret here
    for turn in range(30):
        key = dice.choice(KEYS[:9])
        change = move(key, dice.choice(list(TITLES))) if turn % 2 else headline(key, f"Tít {turn}")
        mine.does("move" if turn % 2 else "headline", change)
    last, count = stored(engine), len(history(engine, PROFILE, DAY))
    for _ in range(count):
        mine.undoes()
    assert stored(engine).sections == own.sections
    with pytest.raises(UsageError, match="Không còn bước nào của bạn để hoàn tác"):
        mine.undoes()
    for _ in range(count):
        mine.redoes()
    assert stored(engine) == last
    with pytest.raises(UsageError, match="Không có bước nào của bạn để làm lại"):
        mine.redoes()
    assert check_replayed(engine) == {"p-lan": 3 * count}


def test_an_editor_undoes_the_own_steps_alone(engine: Engine):
    a_draft(engine)
    lan, minh = Editor(engine, "p-lan"), Editor(engine, "p-minh")
    lan.does("drop", drop("a1"))
    minh.does("headline", headline("a5", "Tít của Minh"))
    with pytest.raises(UsageError, match="Không có bước nào của bạn để làm lại"):
        lan.redoes()
    back = lan.undoes().issue
    assert _shown(back) == _shown(FIRST)
    assert item_of(back, "a5").headline == "Tít của Minh"
    assert lan.redoes().issue == minh.does("move", move("a4", "dia_phuong")).issue
    check_replayed(engine)


def test_a_new_act_ends_redoing(engine: Engine):
    a_draft(engine)
    mine = Editor(engine, "p-lan")
    mine.does("drop", drop("a1"))
    mine.undoes()
    mine.does("drop", drop("a2"))
    with pytest.raises(UsageError, match="Không có bước nào"):
        mine.redoes()


def test_a_step_of_one_s_own_is_undone_by_its_number_and_again_after_redoing(engine: Engine):
    a_draft(engine)
    mine = Editor(engine, "p-lan")
    for key in ("a1", "a4", "a7"):
        mine.does("drop", drop(key))
    assert "a4" in _shown(mine.undoes(2).issue)["dia_phuong"]
    with pytest.raises(UsageError, match="Không còn bước nào"):
        mine.undoes(2)
    assert "a4" not in _shown(mine.redoes().issue)["dia_phuong"]
    assert "a4" in _shown(mine.undoes().issue)["dia_phuong"]
    check_replayed(engine)


def test_a_step_whose_undoing_changes_nothing_does_not_stop_the_next(engine: Engine):
    a_draft(engine, issue_of(an_item(1), an_item(2), an_item(3), profile=PROFILE))
    lan, minh = Editor(engine, "p-lan"), Editor(engine, "p-minh")
    lan.does("headline", headline("a1", "Tít của Lan"))
    lan.does("move", move("a1", "chu_truong", "a3"))
    for key in ("a2", "a3"):
        minh.does("drop", drop(key))
    assert lan.undoes().step == ()
    assert item_of(lan.undoes().issue, "a1").headline == an_item(1).headline
    check_replayed(engine, issue_of(an_item(1), an_item(2), an_item(3), profile=PROFILE))


def test_a_step_on_what_another_touched_since_is_not_undone_and_both_texts_are_shown(engine: Engine):
    a_draft(engine)
    lan, minh = Editor(engine, "p-lan"), Editor(engine, "p-minh")
    lan.does("headline", headline("a1", "Tít của Lan"))
    minh.does("headline", headline("a1", "Tít của Minh"))
    with pytest.raises(Overtaken, match="Không hoàn tác được: tin của bước đó đã được sửa tiếp") as undoing:
        lan.undoes()
    _shows(undoing.value, now="Tít của Minh", mine=an_item(1).headline, before="Tít của Lan")
    minh.undoes()
    lan.undoes()
    minh.does("headline", headline("a1", "Tít khác của Minh"))
    with pytest.raises(Overtaken, match="Không làm lại được") as redoing:
        lan.redoes()
    _shows(redoing.value, now="Tít khác của Minh", mine="Tít của Lan", before=an_item(1).headline)


def _shows(conflict: Overtaken, *, now: str | None, mine: str | None, before: str, by: str = "p-minh") -> None:
    texts = [item and item.headline for item in (conflict.now, conflict.mine, conflict.before)]
    assert texts == [now, mine, before]
    assert conflict.theirs is not None
    assert conflict.theirs.by == by


def test_a_change_on_an_old_screen_is_refused_with_both_texts(engine: Engine):
    a_draft(engine)
    lan, minh = Editor(engine, "p-lan"), Editor(engine, "p-minh")
    minh.does("headline", headline("a1", "Tít của Minh"))
    with pytest.raises(Overtaken, match="Tin này vừa được sửa") as conflict:
        lan.does("headline", headline("a1", "Tít của Lan"), seen=0)
    _shows(conflict.value, now="Tít của Minh", mine="Tít của Lan", before=an_item(1).headline)
    assert item_of(lan.does("headline", headline("a1", "Tít của Lan"), seen=1).issue, "a1").headline == "Tít của Lan"
    assert len(history(engine, PROFILE, DAY)) == 2


def test_a_change_to_another_text_than_was_read_is_refused(engine: Engine):
    own = a_draft(engine)
    Editor(engine, "p-minh").does("headline", headline("a1", "Tít của Minh"))

    def change(issue: Issue) -> Issue:
        return changed(issue, TITLES, "a1", lambda item: replace(item, headline="Tít của Lan"), item_of(own, "a1"))

    with pytest.raises(Overtaken, match="Tin này vừa được sửa") as conflict:
        Editor(engine, "p-lan").does("headline", change)
    _shows(conflict.value, now="Tít của Minh", mine=None, before=an_item(1).headline)


def test_who_acts_on_an_item_that_is_gone_sees_what_it_was(engine: Engine):
    a_draft(engine)
    Editor(engine, "p-minh").does("drop", drop("a1"))
    with pytest.raises(Overtaken, match="Tin này không còn trong bản nháp") as conflict:
        Editor(engine, "p-lan").does("headline", headline("a1", "Tít của Lan"), seen=0)
    _shows(conflict.value, now=None, mine=None, before=an_item(1).headline)


def test_an_item_is_not_put_in_twice(engine: Engine):
    a_draft(engine)
    Editor(engine, "p-minh").does("put", bring(an_item(10), "dia_phuong"))
    with pytest.raises(Overtaken, match="Tin này đã có trong bản nháp") as conflict:
        Editor(engine, "p-lan").does("put", bring(an_item(10), "linh_vuc"), seen=0)
    assert conflict.value.before is None
    with pytest.raises(Overtaken, match="Tin này đã có") as known:
        Editor(engine, "p-lan").does("put", bring(an_item(1), "linh_vuc"))
    assert (known.value.theirs, known.value.before) == (None, None)


def test_moving_and_wording_an_item_go_together_and_the_own_steps_are_no_conflict(engine: Engine):
    a_draft(engine)
    lan, minh = Editor(engine, "p-lan"), Editor(engine, "p-minh")
    minh.does("move", move("a1", "linh_vuc"))
    lan.does("headline", headline("a1", "Tít của Lan"), seen=0)
    lan.does("headline", headline("a1", "Tít nữa của Lan"), seen=0)
    with pytest.raises(Overtaken, match="Tin này vừa được sửa"):
        lan.does("move", move("a1", "dia_phuong"), seen=0)
    check_replayed(engine)


def test_training_is_told_of_what_came_went_and_moved(engine: Engine):
    a_draft(engine)
    mine = Editor(engine, "p-lan")
    mine.does("drop", drop("a1"))
    mine.does("move", move("a4", "linh_vuc"))
    mine.does("move", move("a9", "linh_vuc"))  # inside its section: nothing to learn
    mine.does("put", bring(an_item(10), "dia_phuong"))
    mine.does("headline", headline("a5", "Tít của tôi"))
    mine.does("merge", merge("a5", "a7"))
    assert _decisions(engine) == [
        ("a1", "drop", None, "p-lan"),
        ("a4", "move", "linh_vuc", "p-lan"),
        ("a10", "insert", "dia_phuong", "p-lan"),
        ("a7", "keep", "dia_phuong", "p-lan"),
    ]


def test_what_is_taken_back_is_told_to_training_too(engine: Engine):
    a_draft(engine)
    mine = Editor(engine, "p-lan")
    for deed, change in (("drop", drop("a1")), ("merge", merge("a5", "a7")), ("put", bring(an_item(10), "linh_vuc"))):
        mine.does(deed, change)
        mine.undoes()
        mine.redoes()
    assert _decisions(engine) == [
        ("a1", "drop", None, "p-lan"),
        ("a1", "keep", "chu_truong", "p-lan"),
        ("a1", "drop", None, "p-lan"),
        ("a7", "keep", "dia_phuong", "p-lan"),
        ("a7", "keep", "linh_vuc", "p-lan"),
        ("a7", "keep", "dia_phuong", "p-lan"),
        ("a10", "insert", "linh_vuc", "p-lan"),
        ("a10", "drop", None, "p-lan"),
        ("a10", "insert", "linh_vuc", "p-lan"),
    ]


def test_a_reprint_that_no_item_tells_teaches_nothing(engine: Engine):
    a_draft(engine)
    Editor(engine, "p-lan").does("merge", drop("a7"))
    assert _decisions(engine) == []


def test_a_correction_counts_on_and_undoes_nothing_of_what_went_out(engine: Engine):
    a_draft(engine)
    mine = Editor(engine, "p-lan")
    out = approve(engine, mine.does("drop", drop("a1")).issue, Deed(moment=MOMENT))
    content = changed(out, TITLES, "a2", lambda item: replace(item, headline="Tít đính chính"))
    keep_version(engine, out, content, Deed(moment=MOMENT, reason="sai tít"))
    with pytest.raises(UsageError, match="Không còn bước nào"):
        mine.undoes()
    acted = mine.does("drop", drop("a3"))
    assert (acted.issue.version, acted.issue.corrects, acted.number) == (3, 2, 2)
    assert [one.version for one in history(engine, PROFILE, DAY)] == [2, 3]


def test_an_approval_of_what_was_changed_meanwhile_is_refused(engine: Engine):
    a_draft(engine)
    mine = Editor(engine, "p-lan")
    seen = mine.does("drop", drop("a1")).issue
    mine.does("drop", drop("a2"))
    with pytest.raises(DiembaoError, match="has changed meanwhile"):
        approve(engine, seen, Deed(moment=MOMENT))


_ACTING = """
import json, random, sys
from storage.database import open_database
from tests.digest.pipeline.acting import Editor

editor = Editor(open_database(sys.argv[1]), sys.argv[2], random.Random(sys.argv[2]))
print("ready", flush=True)
sys.stdin.readline()
print(json.dumps(list(editor.acts_at_random(int(sys.argv[3])))))
"""


def test_four_editors_at_once_lose_nothing(database_url: str, engine: Engine):
    a_draft(engine)
    editors = [f"p{number}" for number in range(4)]
    told = [json.loads(said) for said in said_at_once(_ACTING, *((database_url, by, ACTS) for by in editors))]
    numbers = [{int(one) for one in said if one.isdigit()} for said in told]
    steps = check_replayed(engine)
    done = history(engine, PROFILE, DAY)
    for by, own in zip(editors, numbers, strict=True):
        # An undoing that changed nothing is a step too, and is told as nothing.
        assert own == {one.number for one in done if one.by == by and one.step}
    assert sum(steps.values()) > ACTS
    words = {one for said in told for one in said if not one.isdigit()}
    assert words == {"refused", "nothing"}
    assert [len(said) for said in told] == [ACTS] * 4


_ACTING_ON = """
import random, sys
from storage.database import open_database
from tests.digest.pipeline.acting import Editor

editor = Editor(open_database(sys.argv[1]), "p1", random.Random(sys.argv[2]))
for _ in editor.acts_at_random(3):
    pass
print("ready", flush=True)
for _ in editor.acts_at_random(100_000):
    pass
"""


def test_an_editor_s_process_killed_amid_its_acts_leaves_each_whole_or_undone(database_url: str, engine: Engine):
    a_draft(engine)
    mine = Editor(engine, "p-lan")
    for moment in range(KILLS):
        with killed_when_ready(_ACTING_ON, database_url, moment):
            time.sleep(0.05 + 0.013 * moment)
        before = len(history(engine, PROFILE, DAY))
        check_replayed(engine)
        key = key_of(stored(engine).sections[0].items[0])
        assert mine.does("headline", headline(key, f"Tít sau lần {moment}")).number == before + 1
    assert check_replayed(engine)["p1"] > KILLS
