"""A story as it lies in its case: the words, who approved them, when they were asked again, where they went.

It is one row of the neutral table, sealed like a note, so the store does not tell which cases have one; it is in the
statement of the case, goes with it, and is sealed anew with it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from casework.stories import clocks, moments
from casework.stories.clocks import Moment

#: What such a row is; no form offers it as a note.
TYPE = "public_story"

Stored = dict[str, Any]


@dataclass(frozen=True)
class Approval:
    """That the person approved the exact words.

    Attributes:
        by: who read them back and wrote it down.
        when: by both clocks.
        language: in which they were read back.
        how: of the list `consent_given`.
    """

    by: UUID
    when: Moment
    language: str
    how: str

    @property
    def at(self) -> datetime:
        """When, by the date."""
        return self.when.at


@dataclass(frozen=True)
class Second:
    """One of the two others who approve where the person is in danger.

    Attributes:
        by: who.
        at: when.
        coordinates: whether they coordinate the desk.
        lawyer: which lawyer looked at it, and what they said.
        harm: what could happen, and what is done against it.
        signed: whether it is a legal ally, under their own key.
        back: when that ally took it back, if they did; then it approves nothing.
    """

    by: UUID
    at: datetime
    coordinates: bool
    lawyer: str
    harm: str
    signed: bool = False
    back: datetime | None = None


@dataclass(frozen=True)
class Passed:
    """That the words were given to a campaign.

    Attributes:
        copy: the id of the campaign's copy.
        key: by which it opens, as it is carried.
        network: whose campaign it is.
        campaign: what it is called.
        by, at: who gave it, and when.
        ended: when it was taken away there; None while it is there.
    """

    copy: UUID
    key: str
    network: UUID
    campaign: str
    by: UUID
    at: datetime
    ended: datetime | None


@dataclass(frozen=True)
class Story:
    """A story.

    Attributes:
        id: of its row.
        title: for colleagues.
        language: in which it is written.
        text: the exact words.
        said_guarded: what was answered of the person: a child, held, trafficked (`answers`).
        guarded: whether two others approve as well, as the desk found when the person approved.
        written_by: everybody who wrote in these words.
        at: when they were written last.
        rev: how often anything of it changed; sent back with every form.
        approval: of the person, for exactly these words; None where there is none.
        seconds: the others who approved them.
        again: when the person said yes once more.
        passed: to which campaigns they went.
        withdrawn: when the person took it back.
    """

    id: UUID
    title: str
    language: str
    text: str
    said_guarded: str
    written_by: tuple[UUID, ...]
    at: datetime
    rev: int
    approval: Approval | None = None
    seconds: tuple[Second, ...] = ()
    again: tuple[Moment, ...] = ()
    passed: tuple[Passed, ...] = ()
    withdrawn: datetime | None = field(default=None)
    guarded: bool = True

    def asked(self, now: Moment) -> Moment | None:
        """The newest yes that counts for a use."""
        return clocks.clock().asked(self.approval.when, self.again, now) if self.approval else None

    def cools(self, now: Moment) -> bool:
        """Whether the person still thinks it over."""
        return self.approval is not None and clocks.clock().cools(self.approval.when, now)

    def enough_seconds(self, signed: Iterable[Second] = ()) -> bool:
        """Whether two others approved; none of them wrote it down or read it back.

        One coordinates the desk. A lawyer looked at it: an ally signed, or a coordinator wrote what one said.

        Args:
            signed: by legal allies, each made sure of.
        """
        wrote = {*self.written_by, *([self.approval.by] if self.approval else ())}
        others = {one.by: one for one in (*self.seconds, *signed) if one.by not in wrote}
        leads = [one for one in others.values() if one.coordinates]
        lawyer = any(one.lawyer for one in leads) or any(one.signed for one in others.values())
        return bool(leads) and lawyer and len(others) >= clocks.guarded().approvals


def read(row_id: UUID, said: Mapping[str, Any]) -> Story:
    """A story from what its row holds."""
    return Story(
        id=row_id,
        title=said["title"],
        language=said["language"],
        text=said["text"],
        said_guarded=said["guarded"],
        written_by=tuple(map(UUID, said["written_by"])),
        at=_at(said["at"]),
        rev=said["rev"],
        approval=_approval(said["approval"]) if said["approval"] else None,
        seconds=tuple(map(_second, said["seconds"])),
        again=tuple(map(moments.read, said["again"])),
        passed=tuple(map(_passed, said["passed"])),
        withdrawn=_at(said["withdrawn"]) if said["withdrawn"] else None,
        guarded=bool(said.get("two", said["guarded"] != "no")),
    )


def begun(told: Mapping[str, Any], by: UUID, at: datetime) -> Stored:
    """What the row of a new story holds."""
    return {
        "type": TYPE,
        "rev": 1,
        "written_by": [str(by)],
        "passed": [],
        "withdrawn": None,
        **written(told, at),
    }


def written(told: Mapping[str, Any], at: datetime) -> Stored:
    """New words: nobody has approved them, whatever was approved before."""
    words = {key: told[key] for key in ("title", "language", "text", "guarded")}
    return {**words, "at": at.isoformat(), "approval": None, "seconds": [], "again": []}


def _at(said: str) -> datetime:
    return datetime.fromisoformat(said)


def _approval(said: Mapping[str, Any]) -> Approval:
    return Approval(UUID(said["by"]), moments.read(said), said["language"], said["how"])


def _second(said: Mapping[str, Any]) -> Second:
    return Second(UUID(said["by"]), _at(said["at"]), said["coordinates"], said["lawyer"], said["harm"])


def _passed(said: Mapping[str, Any]) -> Passed:
    return Passed(
        UUID(said["copy"]),
        said["key"],
        UUID(said["network"]),
        said["campaign"],
        UUID(said["by"]),
        _at(said["at"]),
        _at(said["ended"]) if said["ended"] else None,
    )
