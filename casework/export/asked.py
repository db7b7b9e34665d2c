"""What was asked for, as it is sealed: who asked and why, who agreed to exactly that, and what became of it.

Both sign: the one who asks the fingerprint of the request, the other one the same fingerprint. So a row that somebody
makes up who has the desk's keys and the database, but not the keys of two coordinators, lets nothing out.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

from casework import clock
from casework.export import terms
from casework.vault import ChainState, PersonKeys, Role, to_desk
from casework.vault.encoding import bound

_ASKED, _AGREED = "desk export asked", "desk export agreed"

Stored = dict[str, Any]


class Stand(StrEnum):
    """Where it stands."""

    #: A second coordinator is awaited.
    ASKED = "asked"
    #: Both have said yes; everybody has time to notice.
    WAITS = "waits"
    #: It can be made.
    READY = "ready"
    #: One of the two is no coordinator any more, or has other keys; or the desk was locked since.
    VOID = "void"
    STOPPED = "stopped"
    #: Its time has passed.
    OVER = "over"


#: Where something still has to be done or heard.
LIVING = (Stand.ASKED, Stand.WAITS, Stand.READY)


@dataclass(frozen=True)
class Said:
    """That somebody said something about it.

    Attributes:
        by, at: who, and when.
        signed: the fingerprint, under their own key; empty where nothing is signed.
    """

    by: UUID
    at: datetime
    signed: bytes = b""


@dataclass(frozen=True)
class Made:
    """One time that it was made.

    Attributes:
        at: begun.
        token: of the form; the same one twice makes one.
        done_at: when it came to its end; None where it broke off.
        cases, files: how many are in it.
        manifest: SHA-256 of the list of what is in it; empty where it broke off.
    """

    at: datetime
    token: UUID
    done_at: datetime | None = None
    cases: int = 0
    files: int = 0
    manifest: str = ""


@dataclass(frozen=True)
class Asked:
    """What was asked for.

    Attributes:
        id, desk_id: of it, and of the desk whose files are to leave.
        asked: by whom.
        reason: why, in their words.
        agreed: the second coordinator's yes, if there is one.
        stopped: who stopped it, if somebody did.
        made: each time that it was made, the oldest first.
    """

    id: UUID
    desk_id: UUID
    asked: Said
    reason: str
    agreed: Said | None = None
    stopped: Said | None = None
    made: tuple[Made, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Of the request: what both sign. It does not change with what becomes of it."""
        asked = self.asked
        return sha256(
            bound("desk export", self.desk_id, self.id, asked.by, asked.at.isoformat(), self.reason)
        ).hexdigest()

    @property
    def ends_at(self) -> datetime:
        """From when on it counts no more."""
        return self.asked.at + terms.load().ends

    @property
    def free_at(self) -> datetime | None:
        """From when on it can be made; None before the second yes."""
        return self.agreed.at + terms.load().wait if self.agreed else None

    @property
    def two(self) -> frozenset[UUID]:
        """The two coordinators; one, before the second yes."""
        return frozenset({self.asked.by, *([self.agreed.by] if self.agreed else [])})

    def stand(self, state: ChainState, locked_at: datetime | None) -> Stand:
        """Where it stands now.

        Args:
            state: the desk's verified chain.
            locked_at: when the desk was locked last; None where it never was, or not since this was asked.
        """
        if self.stopped:
            return Stand.STOPPED
        if clock.now() >= self.ends_at:
            return Stand.OVER
        if (locked_at and locked_at >= self.asked.at) or not self._signed(state):
            return Stand.VOID
        if self.free_at is None:
            return Stand.ASKED
        return Stand.WAITS if clock.now() < self.free_at else Stand.READY

    def _signed(self, state: ChainState) -> bool:
        """Whether the signatures that are there are those of two present coordinators."""
        said = [(self.asked, _ASKED), *([(self.agreed, _AGREED)] if self.agreed else [])]
        return len(self.two) == len(said) and all(
            is_coordinator(state, one.by)
            and to_desk.signed_by(state, one.by, one.signed, purpose, self.fingerprint)
            for one, purpose in said
        )


def is_coordinator(state: ChainState, who: UUID) -> bool:
    """Whether somebody is a coordinator by the desk's signed chain."""
    member = state.members.get(who)
    return member is not None and member.role is Role.COORDINATOR


def ask(person: PersonKeys, export_id: UUID, desk_id: UUID, reason: str) -> Asked:
    """A request, signed by whoever asks."""
    unsigned = Asked(export_id, desk_id, Said(person.user_id, clock.now()), reason)
    signed = to_desk.sign(person, _ASKED, unsigned.fingerprint)
    return replace(unsigned, asked=replace(unsigned.asked, signed=signed))


def agree(person: PersonKeys, one: Asked) -> Asked:
    """The same with the yes of somebody else."""
    signed = to_desk.sign(person, _AGREED, one.fingerprint)
    return replace(one, agreed=Said(person.user_id, clock.now(), signed))


def as_value(one: Asked) -> Stored:
    """As it is sealed."""
    return {
        "asked": _said(one.asked),
        "reason": one.reason,
        "agreed": _said(one.agreed),
        "stopped": _said(one.stopped),
        "made": [
            {
                "at": each.at.isoformat(),
                "token": str(each.token),
                "done_at": each.done_at.isoformat() if each.done_at else None,
                "cases": each.cases,
                "files": each.files,
                "manifest": each.manifest,
            }
            for each in one.made
        ],
    }


def read(export_id: UUID, desk_id: UUID, value: Stored) -> Asked:
    """What `as_value` wrote down."""
    asked = _read(value["asked"])
    if asked is None:
        raise ValueError("nobody asked")
    made = tuple(
        Made(
            datetime.fromisoformat(each["at"]),
            UUID(each["token"]),
            datetime.fromisoformat(each["done_at"]) if each["done_at"] else None,
            each["cases"],
            each["files"],
            each["manifest"],
        )
        for each in value["made"]
    )
    return Asked(
        export_id, desk_id, asked, value["reason"], _read(value["agreed"]), _read(value["stopped"]), made
    )


def _said(one: Said | None) -> Stored | None:
    return {"by": str(one.by), "at": one.at.isoformat(), "signed": one.signed.hex()} if one else None


def _read(value: Stored | None) -> Said | None:
    if value is None:
        return None
    return Said(UUID(value["by"]), datetime.fromisoformat(value["at"]), bytes.fromhex(value["signed"]))
