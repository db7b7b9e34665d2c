"""What belongs to a desk rather than to one case: hand-overs, marks on rules, drafts, a last day, recovery cards."""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from casework import clock
from casework.access import leaving, recovery
from casework.cases import around, consenting, gate, opening, sections
from casework.deadlines import marking, rules
from casework.demo.agreeing import agreeing
from casework.demo.deeds import Deed, Stage
from casework.demo.lending import AskDesk, GetReady, Lend
from casework.demo.referring import CompareCards, ReferToDesk
from casework.demo.sources import table
from casework.demo.telling import Step
from casework.demo.wishes import Wish
from casework.drafts import service as drafts
from casework.drafts.writing import Written
from casework.groups import belonging
from casework.groups import service as groups
from casework.plans import directory
from casework.search import saved_views
from casework.shifts import service as shifts
from casework.vault import Section

_NO_CASE = -1
_CASE = "<case>"
#: Deeds on somebody's case that ask for its being open and agreed to.
_OF_A_PERSON = ("belongs", "around", "profile")
_APART, _KNOWN = timedelta(seconds=17), timedelta(hours=6)


@dataclass(frozen=True)
class HandOver:
    """A shift leaves a note to the next one; `<case>` stands for a case."""

    text: str

    def do(self, stage: Stage) -> None:
        """Leave it."""
        text = self.text.replace(_CASE, stage.ref) if _CASE in self.text else self.text
        shifts.hand_over(stage.actor, text, uuid4())


@dataclass(frozen=True)
class MarkRule:
    """A legal ally says of a rule of time that it holds, or that it does not."""

    rule: str
    version: str
    mark: str
    source: str

    def do(self, stage: Stage) -> None:
        """Say it of the rule as it stands."""
        said = (self.rule, self.version)
        rule = next(one for one in rules.load() if (one.id, one.version) == said)
        marking.give(stage.actor, rule.key, rule.digest, self.mark, self.source, uuid4())


@dataclass(frozen=True)
class SetLastDay:
    """Somebody will leave in so many days."""

    login: str
    days: int

    def do(self, stage: Stage) -> None:
        """Set the day."""
        leaving.set_last_day(stage.actor, stage.user(self.login), clock.today() + timedelta(days=self.days))


@dataclass(frozen=True)
class MakeCards:
    """Recovery cards are made, and two of them tried at once."""

    def do(self, stage: Stage) -> None:
        """Make them; nobody keeps what stands on them, since this is a demo."""
        first, second, _third = recovery.make(stage.actor)
        recovery.rehearse(stage.renewed(), (first, second))


@dataclass(frozen=True)
class Begin:
    """Somebody began to write and was called away.

    Attributes:
        page: address of the form below that of the desk; `<case>` stands for a case.
        texts: what was typed, by input.
    """

    page: str
    texts: Mapping[str, list[str]]

    def do(self, stage: Stage) -> None:
        """Keep it."""
        address = f"/desk/{stage.desk_code}/{self.page.replace(_CASE, stage.ref)}"
        drafts.keep(stage.actor, Written(uuid4(), address, self.texts, "", clock.now()))


@dataclass(frozen=True)
class SaveList:
    """A list is kept under a name."""

    called: str
    chosen: Mapping[str, str]

    def do(self, stage: Stage) -> None:
        """Keep it."""
        saved_views.save(stage.actor, self.called, self.chosen)


@dataclass(frozen=True)
class EnterService:
    """Somebody writes a place that helps into the directory.

    Attributes:
        answers: by the keys of `config/service.toml`.
        checked: whether they made sure of it on that day.
    """

    answers: Mapping[str, Any]
    checked: bool

    def do(self, stage: Stage) -> None:
        """Enter it."""
        told = dict(self.answers)
        if self.checked:
            told["checked_on"] = {
                "date": clock.today().isoformat(),
                "precision": "day",
                "calendar": "gregorian",
                "written": clock.today().isoformat(),
            }
        directory.enter(stage.actor, told, uuid4())


@dataclass(frozen=True)
class MakeGroup:
    """A group is made, with what happened to all of them.

    Attributes:
        told: answers of `config/group.toml`.
        notes: what was written for all, each of a sort of entry.
    """

    told: Mapping[str, str]
    notes: Sequence[tuple[str, str]]

    def do(self, stage: Stage) -> None:
        """Make it, and write the notes."""
        made = groups.make(stage.actor, self.told, uuid4())
        for type_, text in self.notes:
            groups.note(stage.actor, made, type_, clock.now(), text, uuid4())


@dataclass(frozen=True)
class AskAboutGroup:
    """Somebody is asked whether their case may belong to a group, and says yes.

    Attributes:
        name: of the group.
        language: in which they were asked.
    """

    name: str
    language: str

    def do(self, stage: Stage) -> None:
        """Write it down."""
        group = next(one for one in groups.listing(stage.actor)[0] if one.name == self.name)
        said = agreeing(belonging.PURPOSE, language=self.language, interpreter="phone")
        belonging.join(stage.actor, stage.ref, group.id, said, uuid4())


@dataclass(frozen=True)
class NameOther:
    """Somebody around a case is written down.

    Attributes:
        told: answers of `config/around.toml`.
    """

    told: Mapping[str, str]

    def do(self, stage: Stage) -> None:
        """Write them down."""
        around.add(stage.actor, stage.ref, self.told, uuid4())


@dataclass(frozen=True)
class SayOfThemselves:
    """Somebody says in their own terms who they are, and who may tell them of meetings: with an agreement to each.

    Attributes:
        told: answers of `config/profile.toml`.
        language: in which they were asked.
    """

    told: Mapping[str, Any]
    language: str

    def do(self, stage: Stage) -> None:
        """Write both agreements down, and what they say."""
        for purpose in (gate.PROFILE, gate.ORGANISE):
            said = agreeing(purpose, language=self.language, interpreter="phone")
            consenting.record(stage.actor, stage.ref, said, uuid4())
        rev = opening.load(stage.actor, stage.ref).section(Section.PROFILE).rev
        sections.save(stage.actor, stage.ref, Section.PROFILE, self.told, rev)


_DEEDS: dict[str, Callable[[Mapping[str, Any]], Deed]] = {
    "hand_over": lambda row: HandOver(row["text"]),
    "mark": lambda row: MarkRule(row["rule"], row["version"], row["mark"], row["source"]),
    "last_day": lambda row: SetLastDay(row["leaves"], row["days"]),
    "cards": lambda _row: MakeCards(),
    "draft": lambda row: Begin(row["page"], row["texts"]),
    "group": lambda row: MakeGroup(row["told"], [(one[0], one[1]) for one in row["notes"]]),
    "belongs": lambda row: AskAboutGroup(row["group"], row["language"]),
    "around": lambda row: NameOther(row["told"]),
    "profile": lambda row: SayOfThemselves(row["told"], row["language"]),
    "ally_ready": lambda row: GetReady("\n".join(row["names"])),
    "lend": lambda row: Lend(
        row["to"], tuple(row["sections"]), row["days"], tuple(row["photo"]), take=row["take"]
    ),
    "cards_compared": lambda row: CompareCards(row["other"], row["other_desk"]),
    "referred": lambda row: ReferToDesk(
        row["told"], tuple(row["sections"]), row["other"], row["other_desk"], row["answer"], row["words"]
    ),
    "ally_asks": lambda row: AskDesk(row["question"], row["note"]),
    "service": lambda row: EnterService(row["answers"], row.get("checked", False)),
    "list": lambda row: SaveList(row["called"], row["chosen"]),
}


def steps(wished: Sequence[Wish], end: datetime) -> Iterator[Step]:
    """What people do for their desk, as `data/desks.toml` says.

    Args:
        wished: the cases of the demo, by their numbers; what is about one that is not there is left out.
        end: today and now.
    """
    newest = {wish.scene.key: number for number, wish in enumerate(wished)}
    own = itertools.count(1)
    for name, make in _DEEDS.items():
        for row in table("desks")[name]:
            at = end - timedelta(hours=row["hours"])
            if name in _OF_A_PERSON:
                # A moment of its own: nothing else of a case happens in the same one.
                at += next(own) * _APART
                number = _takes(wished, row["scene"], at)
            else:
                number = newest.get(row["scene"]) if "scene" in row else _NO_CASE
            if number is not None:
                yield Step(at, number, row["who"], row["desk"], make(row))


def _takes(wished: Sequence[Wish], scene: str, at: datetime) -> int | None:
    """The newest case of a scene that is open by then to everybody, and whose person agreed; None where none is."""
    fits = (
        number
        for number, wish in enumerate(wished)
        if wish.scene.key == scene
        and wish.opened + _KNOWN < at
        and wish.consent == "yes"
        and wish.status != "closed"
        and not (wish.reopened or wish.restricted)
    )
    return max(fits, key=lambda number: wished[number].opened, default=None)
