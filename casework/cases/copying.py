"""A copy of everything that a desk keeps of a person, for the person.

Source: GDPR, articles 15 and 20. Other rooms hand in their part with `part_of_copy` and their files with
`files_of_copy`; `app.py` names them.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import around, entries, neutral, opening, safe_contact
from casework.cases.entries import Noted
from casework.cases.opening import OpenCase, State
from casework.errors import Refused
from casework.people import consents
from casework.people.consents import Told
from casework.store import Store
from casework.vault import Section

Part = Callable[[OpenCase], Any]
#: Raised when the written form changes, so that who reads it by machine can tell.
FORMAT = 1

#: What is in no copy, and is said in each.
LEFT_OUT = (
    "how the person is reached: it is shown where its rule is read",
    "what is written of the case in the record of the desk",
)


@dataclass(frozen=True)
class CopyFile:
    """A file that goes with a copy.

    Attributes:
        name: in the copy; it says nothing of what is in it.
        parts: opens it, chunk by chunk.
    """

    name: str
    parts: Callable[[], Iterator[bytes]]


Files = Callable[[OpenCase, Store], Iterable[CopyFile]]

#: Rows that a room tells in its own part, so that they do not stand in a copy as they are stored.
_apart: set[str] = set()
_parts: dict[str, Part] = {}
_files: list[Files] = []


@dataclass(frozen=True)
class Copy:
    """What is kept of a case.

    Attributes:
        case: opened.
        sections: the answers of each section that opens, by stored key.
        noted: notes, calls, visits, newest first.
        lines: every other line that repeats, such as those of the ledger, as stored.
        told: consents, newest first.
        around: what may be told of others (`around.for_copy`).
        more: what other rooms keep, by their names, ready for JSON.
        refused: how much does not open.
    """

    case: OpenCase
    sections: Mapping[Section, Mapping[str, Any]]
    noted: tuple[Noted, ...]
    lines: tuple[Any, ...]
    told: tuple[Told, ...]
    around: Mapping[str, Any]
    more: Mapping[str, Any]
    refused: int


def part_of_copy(name: str, gather: Part) -> None:
    """Have a room's part stand in every copy.

    Args:
        name: of the part, in the written form; never renamed.
        gather: is given the case, open by whoever makes the copy; gives what JSON can hold.
    """
    _parts[name] = gather


def told_apart(type_: str) -> None:
    """Have rows of a type left out where they would stand as they are stored, because a part tells them.

    Args:
        type_: of the rows of the neutral table.
    """
    _apart.add(type_)


def files_of_copy(listed: Files) -> None:
    """Have a room's files go with every copy.

    Args:
        listed: is given the case, open, and the store; gives the files, none of them opened yet.
    """
    if listed not in _files:
        _files.append(listed)


def files(made: "Copy", store: Store) -> list[CopyFile]:
    """Every file that goes with a copy; they are opened while they are sent.

    Args:
        made: from `gather`, which recorded it.
        store: where they lie.
    """
    return files_of(made.case, store)


def files_of(case: OpenCase, store: Store) -> list[CopyFile]:
    """Every file of an open case that goes with what is made of it; none of them is opened yet.

    Args:
        case: opened.
        store: where they lie.
    """
    return [one for listed in _files for one in listed(case, store)]


def parts_of(case: OpenCase, without: Collection[str] = ()) -> dict[str, Any]:
    """What other rooms keep of an open case, by their names, ready for JSON.

    Args:
        case: opened.
        without: parts that are not asked for.
    """
    return {name: part(case) for name, part in _parts.items() if name not in without}


def gather(actor: Actor, ref: str) -> Copy:
    """Everything that is kept of a case; making a copy is one event.

    Args:
        actor: who makes it, for the person.
        ref: the case's reference.

    Raises:
        NotFound, Denied: not for this person.
    """
    case = opening.load(actor, ref, Action.CASE_COPY)
    seen = {section: case.section(section) for section in Section}
    noted, told = entries.listing(actor, ref), consents.listing(actor, case.keys)
    lines, closed = lines_of(case)
    audit.record(actor.desk, Event.CASE_COPIED, case=case.keys)
    return Copy(
        case=case,
        sections={section: _told(section, one.values) for section, one in seen.items()},
        noted=noted.noted,
        lines=tuple(lines),
        told=told.told,
        around=around.for_copy(case),
        more=parts_of(case),
        refused=closed
        + noted.refused
        + told.refused
        + sum(one.state is State.REFUSED for one in seen.values()),
    )


def _told(section: Section, values: Mapping[str, Any]) -> dict[str, Any]:
    """What a section tells; how somebody is reached comes only where its rule is read, the person knows it."""
    return safe_contact.held_back(values) if section is Section.IDENTITY else dict(values)


def lines_of(case: OpenCase) -> tuple[list[Any], int]:
    """Lines that repeat in any section but the story, whose lines are the notes; and how many do not open."""
    found, closed = [], 0
    for section in set(Section) - {Section.STORY}:
        for row in neutral.rows(case, section):
            try:
                line = neutral.opened(case, row, section)
                if line.get("type") not in _apart:
                    found.append({key: value for key, value in line.items() if key != "fill"})
            except Refused:
                closed += 1
    return found, closed


def for_machines(copy: Copy) -> dict[str, Any]:
    """The copy as JSON takes it: codes and amounts as they are stored, moments in UTC.

    Args:
        copy: from `gather`.
    """
    row = copy.case.row
    return {
        "format": FORMAT,
        "reference": row.ref,
        "status": row.status,
        "opened_on": row.opened_on.isoformat(),
        "changed_on": row.changed_on.isoformat(),
        "answers": {section.value: dict(values) for section, values in copy.sections.items()},
        "notes": [
            {
                "type": one.type,
                "when": one.when.isoformat(),
                "text": one.text,
                "channel": one.channel,
                "written_at": one.at.isoformat(),
                "corrected_at": one.corrected[1].isoformat() if one.corrected else None,
            }
            for one in copy.noted
        ],
        "lines": list(copy.lines),
        "consents": [_consent(one) for one in copy.told],
        "people_around": dict(copy.around),
        "more": dict(copy.more),
        "left_out": list(LEFT_OUT),
        "does_not_open": copy.refused,
    }


def _consent(one: Told) -> dict[str, Any]:
    answer = one.answer
    return {
        "purpose": answer.purpose,
        "recipient": answer.recipient,
        "given": answer.given,
        "how": answer.how,
        "at": one.at.isoformat(),
        "said_on": answer.said_on.isoformat() if answer.said_on else None,
        "ends_on": answer.ends_on.isoformat() if answer.ends_on else None,
        "withdrawn_at": one.withdrawn_at.isoformat() if one.withdrawn_at else None,
    }
