"""Why an act on a draft is refused, in the words of the screen, with both texts where two editors met."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from sqlalchemy.orm import Session

from digest.editing import EditConflict, Step, Touched
from digest.errors import UsageError
from digest.model import Issue, Item, Status
from storage.steps import Done, last_to_touch, steps_of

_NO_DRAFT: Mapping[Status, str] = MappingProxyType(
    {
        "review": "Số này đang chờ duyệt nên chưa sửa được: hãy rút lại rồi sửa.",
        "approved": "Số này đã duyệt nên không sửa được nữa: hãy lập bản đính chính.",
        "published": "Số này đã phát hành nên không sửa được nữa: hãy lập bản đính chính.",
        "corrected": "Bản này đã có bản đính chính thay thế: hãy mở bản mới nhất.",
        "recalled": "Số này đã thu hồi nên không sửa được nữa.",
    }
)
_BRINGING = ("put", "split")  # deeds that meet an item which stands there already


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """Who does what and when. `of` is the step that it undoes or redoes, `like` the deed that it amounts to."""

    deed: str
    like: str
    by: str
    moment: datetime
    of: int | None = None


class Overtaken(EditConflict):
    """An item that an act is about was touched by somebody else; `now` is what it is, None where it is gone.

    `mine` is what the act would have made of it, as far as that is known; `theirs` is the step that came first, with
    the item as it was before. The message is for the screen.
    """

    def __init__(self, message: str, *, key: str, now: Item | None, mine: Item | None, theirs: Done | None) -> None:
        super().__init__(message, key=key, now=now)
        self.mine = mine
        self.theirs = theirs

    @property
    def before(self) -> Item | None:
        """The item as it was before the others' step."""
        theirs = touched(self.theirs.step, self.key) if self.theirs else None
        return theirs.before if theirs else None


def check_draft(issue: Issue) -> None:
    """UsageError where the version is no draft."""
    if issue.status != "draft":
        raise UsageError(_NO_DRAFT[issue.status])


def check_seen(session: Session, issue: Issue, step: Step, doing: Doing, seen: int) -> None:
    """Overtaken where somebody else, after the step of the number `seen`, touched in the same way what `step` touches."""
    for done in steps_of(session, issue.profile, issue.date, after=seen):
        if done.by == doing.by:
            continue
        for mine in step:
            theirs = touched(done.step, mine.key)
            if theirs and _ways(theirs) & _ways(mine):
                sentence = _sentence(doing, mine.before)
                raise Overtaken(sentence, key=mine.key, now=mine.before, mine=mine.after, theirs=done)


def _ways(one: Touched) -> set[str]:
    """Moving an item and changing its words go together; what comes or goes does both."""
    texts = [item and replace(item, number=0) for item in (one.before, one.after)]
    ways = {"words": texts[0] != texts[1], "place": one.spot_before != one.spot_after}
    return {way for way, differs in ways.items() if differs}


def overtaken(session: Session, issue: Issue, conflict: EditConflict, doing: Doing, step: Step) -> Overtaken:
    """The conflict with its sentence and whose step it is; `step` is the one that was to be reversed."""
    mine = touched(step, conflict.key)
    return Overtaken(
        _sentence(doing, conflict.now),
        key=conflict.key,
        now=conflict.now,
        mine=mine.before if mine else None,
        theirs=last_to_touch(session, issue.profile, issue.date, conflict.key),
    )


def _sentence(doing: Doing, now: Item | None) -> str:
    if doing.of is not None:
        words = "Không hoàn tác được" if doing.deed == "undo" else "Không làm lại được"
        return f"{words}: tin của bước đó đã được sửa tiếp."
    if now is None:
        return "Tin này không còn trong bản nháp: đã bị loại hoặc gộp vào tin khác."
    if doing.deed in _BRINGING:
        return "Tin này đã có trong bản nháp."
    return "Tin này vừa được sửa: hãy xem bản hiện nay rồi làm lại."


def touched(step: Step, key: str) -> Touched | None:
    """What the step did to that item."""
    return next((one for one in step if one.key == key), None)
