"""The alerts by their kinds: what each says of a source, in English and in Vietnamese, and what an administrator does.

| kind | meaning |
|---|---|
| `silent` | no new article for twice the source's normal gap |
| `never` | collected for a week and never gave an article |
| `unreachable` | no listing could be read for hours |
| `breaker-open` | its host failed so often that it is left alone for a while |
| `failing` | most of its articles cannot be had |
| `selector-lost` | a field that its selectors used to find is not found any more |
| `home-only` | its links come from the home page, since its feeds and section pages give none |
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from digest.model import VIETNAM
from digest.pipeline.report import Alert

KINDS = ("silent", "never", "unreachable", "breaker-open", "failing", "selector-lost", "home-only")

_CHECK = "diembao sources check {source}"
_SAID = {
    "silent": "no new article since {since}{usually}",
    "never": "collected for a week and never gave an article",
    "unreachable": "no listing could be read since {since}{mostly}",
    "breaker-open": "its host failed again and again and is left alone until {until}",
    "failing": "{count} of {of} articles of the last three days could not be had{mostly}",
    "selector-lost": "the selectors do not find the {fields} any more",
    "home-only": "its links come from the home page alone",
}
_REMEDY = {
    "silent": "look at the site; if it goes on printing, {check} shows which listing went dry",
    "never": "{check} shows what its listings give; correct its addresses and article_pattern",
    "unreachable": "{check}; the site may have moved, closed its door or renamed its feeds",
    "breaker-open": "nothing to do at first: it is tried again by itself; {check} if it stays so",
    "failing": "{check} shows one article and what it answers",
    "selector-lost": "the site changed its pages: mend the selectors, keep the old ones under `former`; {check}",
    "home-only": "{check} shows which feeds and section pages give no links; correct their addresses",
}
_SAID_VI = {
    "silent": "không có bài mới từ {since}{usually}",
    "never": "đã thu thập một tuần mà chưa lấy được bài nào",
    "unreachable": "từ {since} không đọc được trang danh sách hay nguồn tin RSS nào{mostly}",
    "breaker-open": "máy chủ lỗi liên tiếp nên tạm ngừng hỏi đến {until}",
    "failing": "{count} trong {of} bài của ba ngày qua không lấy được{mostly}",
    "selector-lost": "quy tắc đọc trang không còn tìm thấy {fields}",
    "home-only": "chỉ còn lấy được liên kết từ trang chủ",
}
_FIELDS_VI = {"standfirst": "sa-pô", "author": "tác giả", "time": "giờ đăng", "text": "nội dung bài"}


def alert(  # noqa: PLR0913 - what the sentences name
    source: str,
    kind: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    gap: timedelta | None = None,
    kinds: Mapping[str, int] | None = None,
    count: int = 0,
    of: int = 0,
    fields: Sequence[str] = (),
) -> Alert:
    """The alert of a kind with its sentences."""
    main = next(iter(kinds or ()), None)
    facts = {"since": _said(since), "until": _said(until), "count": count, "of": of}
    english = {
        "usually": f"; its longest usual pause is {_length(gap, 'hours', 'days')}" if gap else "",
        "mostly": f" (mostly {main})" if main else "",
        "fields": ", ".join(fields),
    }
    vietnamese = {
        "usually": f"; bình thường chỉ cách nhau lâu nhất {_length(gap, 'giờ', 'ngày')}" if gap else "",
        "mostly": f" (phần lớn là lỗi {main})" if main else "",
        "fields": ", ".join(_FIELDS_VI[name] for name in fields),
    }
    return Alert(
        source=source,
        kind=kind,
        said=_SAID[kind].format(**facts, **english),
        remedy=_REMEDY[kind].format(check=_CHECK.format(source=source)),
        said_vi=_SAID_VI[kind].format(**facts, **vietnamese),
    )


def _said(moment: datetime | None) -> str:
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y %H:%M}" if moment else ""


def _length(gap: timedelta, hours: str, days: str) -> str:
    count = gap / timedelta(hours=1)
    return f"{count:.0f} {hours}" if count < 48 else f"{count / 24:.0f} {days}"
