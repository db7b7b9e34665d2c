"""One case as it goes along: everything that the desk keeps of it, but what may not leave with it (docs/export.md).

It is the desk's own file, not the person's copy: how somebody is reached goes along, with its rule, and so do the
people around them. What a lawyer and the desk wrote to each other is privileged and stays; so does immigration status,
which is kept for one legal step and for those who work on it, and is in no list and no export.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from casework import clock
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import copying, entries, left, links, opening
from casework.cases.copying import CopyFile
from casework.cases.entries import Noted
from casework.cases.opening import OpenCase, State
from casework.packets import htcds
from casework.people import consents
from casework.people.consents import Told
from casework.respondents.register import Register
from casework.store import Store
from casework.vault import Section

FORMAT, VERSION = "casework case", 1
#: Parts of the person's copy that are no part of this.
_NOT = frozenset({"legal_status"})
#: What is said to or by a lawyer.
_LAWYERS, _SAID = "given_to_lawyers", "said"
#: That a status was kept is not said either.
_SILENT = frozenset({Event.LEGAL_STATUS_WRITTEN, Event.LEGAL_STATUS_OPENED, Event.LEGAL_STATUS_PURGED})


@dataclass(frozen=True)
class Gathered:
    """A case, taken out of its seals for as long as it takes to send it.

    Attributes:
        case: opened.
        sections: the answers of each section, by stored key.
        noted: notes, calls, visits, newest first.
        told: consents, newest first.
        value: all of it, as JSON takes it.
        files: that go with it; opened when their turn comes.
        damaged: what of it is not as it was left, or does not open.
    """

    case: OpenCase
    sections: Mapping[Section, Mapping[str, Any]]
    noted: tuple[Noted, ...]
    told: tuple[Told, ...]
    value: Mapping[str, Any]
    files: tuple[CopyFile, ...]
    damaged: tuple[str, ...]


def gather(
    actor: Actor, ref: str, export_id: UUID, two: frozenset[UUID], register: Register, store: Store
) -> Gathered | None:
    """Everything of one case; that it leaves is written into its record.

    Args:
        actor: who makes the file.
        ref: of the case.
        export_id: what was agreed to.
        two: the coordinators who agreed; a case for named people goes along only where both are named.
        register: of those who are answerable.
        store: where files lie.

    Returns:
        None where it is not for both.

    Raises:
        NotFound: there is none any more.
        Refused: it does not open.
    """
    case = opening.load(actor, ref, Action.DESK_EXPORT)
    if case.keys.named is not None and not two <= case.keys.named:
        return None
    audit.record(actor.desk, Event.CASE_EXPORTED, case=case.keys, export=str(export_id))
    seen = {section: case.section(section) for section in Section}
    noted = tuple(sorted(entries.readable(case), key=lambda one: (one.when, one.at), reverse=True))
    consented = consents.listing(actor, case.keys)
    lines, closed = copying.lines_of(case)
    files = tuple(copying.files_of(case, store))
    sections = {section: dict(one.values) for section, one in seen.items()}
    value = {
        "answers": {section.value: values for section, values in sections.items()},
        "notes": [_note(one) for one in noted],
        "lines": lines,
        "consents": [_consent(one) for one in consented.told],
        "respondents": _respondents(case, register),
        "left": [_left(one) for one in left.everything(case)],
        "record": _record(case),
        "htcds": htcds.of(case.kinds, case.row.status, _flat(sections)),
        "files": [one.name for one in files],
        **_more(case),
    }
    damaged = _damaged(case, seen.values(), closed + consented.refused)
    return Gathered(case, sections, noted, consented.told, _head(case, damaged) | value, files, damaged)


def _head(case: OpenCase, damaged: tuple[str, ...]) -> dict[str, Any]:
    row = case.row
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_on": clock.today().isoformat(),
        "reference": row.ref,
        "called": case.called,
        "kinds": list(case.kinds),
        "status": row.status,
        "opened_on": row.opened_on.isoformat(),
        "changed_on": row.changed_on.isoformat(),
        "restricted": case.keys.restricted,
        "works_on_it": _id(row.primary_id),
        "stands_in": _id(row.backup_id),
        "does_not_open": list(damaged),
    }


def _more(case: OpenCase) -> dict[str, Any]:
    parts = copying.parts_of(case, without=_NOT)
    lawyers = [{name: one[name] for name in one if name != _SAID} for one in parts.get(_LAWYERS, ())]
    return parts | {_LAWYERS: lawyers}


def _damaged(case: OpenCase, seen: Any, closed: int) -> tuple[str, ...]:
    sections = [one.section.value for one in seen if one.state is State.REFUSED]
    return tuple(sorted({*sections, *case.complained, *(["lines or consents"] if closed else [])}))


def _flat(sections: Mapping[Section, Mapping[str, Any]]) -> dict[str, Any]:
    return {key: one for values in sections.values() for key, one in values.items()}


def _note(one: Noted) -> dict[str, Any]:
    return {
        "type": one.type,
        "when": one.when.isoformat(),
        "text": one.text,
        "channel": one.channel,
        "heavy": one.heavy,
        "by": str(one.by),
        "written_at": one.at.isoformat(),
        "corrected_at": one.corrected[1].isoformat() if one.corrected else None,
    }


def _consent(one: Told) -> dict[str, Any]:
    answer = one.answer
    return {
        "purpose": answer.purpose,
        "recipient": answer.recipient,
        "data": answer.data,
        "given": answer.given,
        "how": answer.how,
        "language": answer.language,
        "interpreter": answer.interpreter,
        "present": list(answer.present),
        "by": str(one.by),
        "at": one.at.isoformat(),
        "said_on": answer.said_on.isoformat() if answer.said_on else None,
        "ends_on": answer.ends_on.isoformat() if answer.ends_on else None,
        "withdrawn_at": one.withdrawn_at.isoformat() if one.withdrawn_at else None,
    }


def _respondents(case: OpenCase, register: Register) -> list[dict[str, str]]:
    """Who is answerable, as the network's register has them today; one that it does not open is named by its id."""
    found = []
    for link in links.links(case):
        known = register.by_id.get(link.respondent_id)
        found.append(
            {
                "id": str(link.respondent_id),
                "role": link.role,
                "name": known.name if known else "",
                "kind": known.kind if known else "",
                "country": known.country if known else "",
            }
        )
    return found


def _left(one: left.Left) -> dict[str, str]:
    return {"purpose": one.purpose, "recipient": one.recipient, "what": one.what, "at": one.at.isoformat()}


def _record(case: OpenCase) -> list[dict[str, Any]]:
    """Who did what, without what else the record holds of it."""
    return [
        {"event": one.event.value, "at": one.at.isoformat(), "by": _id(one.actor_id)}
        for one in audit.of_case(case.actor.desk, case.keys)
        if one.event is not None and one.at is not None and one.event not in _SILENT
    ]


def _id(one: UUID | None) -> str | None:
    return str(one) if one else None
