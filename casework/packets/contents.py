"""What a packet holds: parts of a case as JSON, the same between desks and between installations (docs/packet.md)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from casework import clock
from casework.access import desks
from casework.cases import entries, kinds, questions, safe_contact
from casework.cases.fields import Type
from casework.cases.opening import OpenCase
from casework.errors import Invalid
from casework.evidence.bodies import Piece
from casework.money.account import reading
from casework.money.account.ledger import LedgerLine
from casework.money.account.proof import KEY as PROOF
from casework.packets import htcds
from casework.packets.terms import Wish
from casework.people.consents import Told
from casework.vault import Secret, Section

FORMAT = 1
#: Bytes up to which all packets look alike; above it they double.
_FILL = 15_000
#: More than one packet takes is refused by who makes it and by who reads it: nothing is left out unsaid.
LARGEST = 4_000_000
MOST = {"answers": 1000, "notes": 500, "lines": 2000, "files": 20}
_PERIOD = "period"

Packed = dict[str, Any]


def gather(case: OpenCase, wish: Wish, told: Told, files: Sequence[Packed]) -> Packed:
    """What goes along: the overview, the chosen parts with their notes or ledger, the files' keys, and the agreement.

    Whom the person has around them is left out: those people were not asked.

    Args:
        case: opened.
        wish: what was chosen; checked.
        told: the agreement that it stands on.
        files: as `file` makes them.

    Raises:
        Invalid: it is more than a packet takes.
    """
    chosen = (Section.HEADER, *wish.sections)
    answers = {key: value for one in chosen for key, value in _asked(case, one).items()}
    story, money = Section.STORY in chosen, Section.MONEY in chosen
    packed: Packed = {
        "format": FORMAT,
        "from": {"desk": str(case.desk_id), "name": desks.body(case.actor.desk)[0].get("name", "")},
        "reference": case.row.ref,
        "restricted": case.keys.restricted,
        "made_on": clock.today().isoformat(),
        "told": wish.told,
        "parts": [one.value for one in wish.sections],
        "answers": answers,
        "safe_contact": _rule(case) if Section.IDENTITY in chosen else {},
        "notes": [_note(one) for one in entries.readable(case)] if story else [],
        "lines": _lines(reading.of_case(case).lines) if money else [],
        "files": list(files),
        "consent": _consent(told),
        "htcds": htcds.of(case.kinds, case.row.status, answers),
    }
    size = len(json.dumps(packed, ensure_ascii=False).encode())
    if size > LARGEST or too_many(packed):
        raise Invalid(
            "This is more than one packet takes. Choose fewer parts, and send the rest in a second one.",
            "sections",
        )
    return packed | {"fill": " " * (_FILL - size)}


def too_many(packed: Mapping[str, Any]) -> bool:
    """Whether there is more of something than one packet takes."""
    return any(len(packed[name]) > most for name, most in MOST.items())


def file(piece: Piece, mime: str, size: int, file_id: str, key: Secret) -> Packed:
    """One file, with the key that it was sealed under for this packet alone."""
    said = piece.said
    return {
        "id": file_id,
        "key": key.expose().hex(),
        "size": size,
        "mime": mime,
        "what": said.what,
        "called": said.called,
        "grade": said.grade,
    }


def _asked(case: OpenCase, section: Section) -> dict[str, Any]:
    """Answers to questions that a file asks; what the desk keeps for itself beside them stays here."""
    found = {}
    for key, value in case.section(section).values.items():
        try:
            belongs = questions.section_of(key) is section and _field(key) is not Type.PIECE
        except Invalid:
            continue
        if belongs:
            found[key] = value
    return found


def _field(key: str) -> Type:
    kind, dot, question = key.partition(".")
    if dot:
        return kinds.get(kind).field(question).type
    return next(one.type for one in kinds.common() if one.key == key)


def _rule(case: OpenCase) -> dict[str, Any]:
    return dict(safe_contact.of(case).told)


def _note(one: entries.Noted) -> Packed:
    return {
        "type": one.type,
        "when": one.when.isoformat(),
        "text": one.text,
        "channel": one.channel,
        "heavy": one.heavy,
    }


def _lines(every: Sequence[LedgerLine]) -> list[Packed]:
    """Lines of the ledger that count; a pay period is named by its place, since rows have other ids elsewhere."""
    counted = [one for one in every if not one.struck and one.value is not None]
    place = {str(one.id): number for number, one in enumerate(counted)}
    return [_line(one, place) for one in sorted(counted, key=lambda one: _PERIOD in one.said)]


def _line(one: LedgerLine, place: dict[str, int]) -> Packed:
    said = {key: value for key, value in one.said.items() if key not in (_PERIOD, PROOF)}
    return {
        "sort": one.sort.key,
        "said": said,
        "number": place[str(one.id)],
        _PERIOD: place.get(str(one.said.get(_PERIOD))),
    }


def _consent(told: Told) -> Packed:
    answer = told.answer
    return {
        "recipient": answer.recipient,
        "data": answer.data,
        "how": answer.how,
        "language": answer.language,
        "interpreter": answer.interpreter,
        "present": list(answer.present),
        "given_on": (answer.said_on or told.at.date()).isoformat(),
        "ends_on": answer.ends_on.isoformat() if answer.ends_on else None,
    }
