"""The parts of a profile that say how a bulletin looks, is signed and is told of; `digest.profile` puts them together.

A pattern is a line with words in braces that the issue fills in (`digest.patterns`): "Số {number}/{year}".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from msgspec import Meta

Hour = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Name = Annotated[str, Meta(min_length=2, max_length=200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRule:
    """A printed section, how many items it takes at most, and how many seats are reserved for it in a full issue.

    Its key is one of the model's five, or the bulletin's own; a section with `own` holds what the office writes itself.
    """

    key: str
    title: Name
    at_most: Annotated[int, Meta(ge=1, le=500)] = 15
    at_least: Annotated[int, Meta(ge=0, le=500)] = 0
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """Where the items of a section that is not printed go.

    To the section that `by_area` gives for the first of the article's areas that it names; else to `with_province`
    when a province acts, else to `otherwise`.
    """

    key: str
    with_province: str
    otherwise: str
    by_area: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """The words at the top of page 1, as the readers know them; `year` to `number` and what follows are patterns.

    An empty pattern prints nothing, and so does one with {number} in an issue without a number.
    """

    kicker: str = "Bản tin"
    name: str = "Điểm báo"
    topic: str = "CẢI CÁCH HÀNH CHÍNH"
    frequency: str = "(Phát hành hàng ngày từ thứ Hai đến thứ Sáu)"
    intro: str = "Trong ngày, một số vấn đề được báo chí quan tâm phản ánh:"
    year: str = "Năm {year}"
    day: str = "{weekday}"
    released: str = "Phát hành: {date}"
    show_number: bool = False
    number: str = "Số {number}"
    running_head: str = "{NAME} {topic} – {date}"
    title: str = "{name} {Topic} {date}"  # what the document is called: metadata, a mail's subject
    logo: str | None = None
    colour: str = "#c00000"

    @property
    def patterns(self) -> dict[str, str]:
        """The patterns by their keys."""
        names = ("year", "day", "released", "number", "running_head", "title")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """How issues and items are numbered."""

    issues: Literal["none", "month"] = "none"  # a monthly's number is its month
    items: Literal["across", "by-section"] = "across"
    headlines: bool = False  # the numbers stand before headlines too, not in the contents alone


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """`(Baolua.example 10/12, Lê Bến)`; in the official style months 1 and 2 take a zero, the others none.

    `author-first` is a monthly's: `Lê Bến (Báo điện tử Lúa)`.
    """

    form: Literal["outlet-first", "author-first"] = "outlet-first"
    outlet: Literal["domain", "long"] = "domain"  # `Baolua.example`, or the name that the catalogue knows
    date: bool = True
    author: bool = True
    padded_months: tuple[Annotated[int, Meta(ge=1, le=12)], ...] = (1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copyright:
    """What a draft takes of the press, whatever an outlet allows beyond: print it, or leave it behind the link."""

    text: Literal["print", "link"] = "print"  # "link": headline, source line and link alone
    pictures: Literal["print", "link"] = "print"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a digest for one agency is about; empty: everything. Names as on the issue's day, or former ones.

    `agencies`: "Bộ Nội vụ", "Sở Nội vụ Huế"; `units`: "phường Tân Định, TP.HCM".
    """

    agencies: tuple[Name, ...] = ()
    provinces: tuple[Name, ...] = ()
    units: tuple[Name, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.agencies, *self.provinces, *self.units)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """Who issues, who makes, how to reach them, and what a printed bulletin has to say of itself.

    `recipients` are those whom the covering note ("phiếu gửi") names.
    """

    issuer: str = ""
    maker: str = ""
    responsible: str = ""
    licence: str = ""
    place: str = ""
    copies: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    period: str = ""
    contact: str = ""
    email: str = ""
    recipients: Annotated[tuple[Name, ...], Meta(max_length=12)] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The imprint as it is printed; what is not known is left out."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[str]:
        for label, value in (
            ("Cơ quan phát hành", self.issuer),
            ("Đơn vị thực hiện", self.maker),
            ("Chịu trách nhiệm xuất bản", self.responsible),
            ("Giấy phép xuất bản", self.licence),
        ):
            if value:
                yield f"{label}: {value}"
        copies = f"In {self.copies:,} bản".replace(",", ".") if self.copies else ""
        printed = ", ".join(part for part in (copies, self.period, self.place) if part)
        if printed:
            yield printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """The day's steps, HH:MM in Việt Nam."""

    collect: Hour = "05:00"
    draft: Hour = "07:30"
    freeze: Hour = "09:30"
    submit: Hour = "10:00"
    publish: Hour = "10:30"

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """Each step with its hour, in the order in which they are taken."""
        names = ("collect", "draft", "freeze", "submit", "publish")
        return tuple((name, getattr(self, name)) for name in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """The chain of approval ("trình ký"): who signs, in order; whoever edited last does not approve."""

    steps: Annotated[tuple[Name, ...], Meta(min_length=1, max_length=4)] = (
        "Chuyên viên",
        "Lãnh đạo phòng",
        "Lãnh đạo đơn vị",
        "Văn thư",
    )
    last_editor_may_approve: bool = False
