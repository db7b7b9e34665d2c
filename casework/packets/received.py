"""What came in a packet, read as what a stranger wrote: everything is parsed anew before anything is believed.

An answer is taken where this desk asks the same question and the answer can be typed there; every other one is
kept as it stands, for people to read. So a desk with other kinds of case, or a hostile one, breaks nothing here.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from casework import codes
from casework.cases import entries, kinds, questions, safe_contact, values
from casework.cases.fields import Field
from casework.errors import CaseworkError, Invalid, Refused
from casework.money.account import sorts
from casework.money.account.lines import New
from casework.packets.contents import FORMAT, too_many
from casework.packets.partners import Partner
from casework.people.consents import CASEWORK, Answer
from casework.vault import Section

#: What nonsense in a packet makes the parsers raise.
_NONSENSE = (
    CaseworkError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
_LONGEST = 200
#: What turns the writing of a line around, and is typed by nobody: what stands there would read as something else.
_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_HEX_ID, _HEX_KEY = 36, 64


@dataclass(frozen=True)
class Note:
    """One note of the story.

    Attributes:
        type: of the list `entry_types`.
        when: it happened.
        text: what happened.
        channel: by which way nobody was reached; else empty.
        heavy: whether it is hard to read.
    """

    type: str
    when: datetime
    text: str
    channel: str
    heavy: bool


@dataclass(frozen=True)
class Received:
    """A packet that was opened.

    Attributes:
        sender: the desk that sent it, as its compared card calls it.
        reference: of the case there.
        told: what this desk is asked for.
        restricted: whether the case there is closed to all but named people.
        made_on: the day it was made.
        parts: keys of the sections that were chosen.
        answers: by stored key, each as if it had been typed here.
        strange: what this desk does not ask, as text: key and value.
        safe_contact: answers of the safe-contact rule.
        notes: of the story.
        lines: of the ledger, to be entered.
        files: `id`, `key`, `size`, `mime`, `what`, `called`, `grade`.
        consent: what the person agreed to there.
        agreed_on, agreed_until: when, and until when.
        htcds: the same in the words of the standard.
    """

    sender: str
    reference: str
    told: str
    restricted: bool
    made_on: date
    parts: tuple[str, ...]
    answers: Mapping[str, Any]
    strange: tuple[tuple[str, str], ...]
    safe_contact: Mapping[str, Any]
    notes: tuple[Note, ...]
    lines: tuple[New, ...]
    files: tuple[dict[str, Any], ...]
    consent: Answer
    agreed_on: date
    agreed_until: date
    htcds: Mapping[str, Any]


def read(value: Any, partner: Partner) -> Received:
    """What lay under the seal of a packet.

    Args:
        value: as it was opened.
        partner: the desk that signed it.

    Raises:
        Invalid: it is of a format that is not known here.
        Refused: it is no packet.
    """
    if not isinstance(value, dict):
        raise Refused
    if value.get("format") != FORMAT:
        raise Invalid("This packet is of a version that is not known here. One of the two has to be updated.")
    try:
        if not too_many(value):
            return _received(_straight(value), partner)
    except _NONSENSE:
        raise Refused from None
    raise Invalid("This packet holds more than can be taken at once. Ask for it in parts.")


def _received(value: dict[str, Any], partner: Partner) -> Received:
    answers, strange = _answers(dict(value["answers"]))
    lines, odd = _lines(list(value["lines"]))
    said = value["consent"]
    return Received(
        sender=partner.name,
        reference=_text(value["reference"]),
        told=_text(value["told"], 1000),
        restricted=value["restricted"] is True,
        made_on=date.fromisoformat(value["made_on"]),
        parts=tuple(Section(one).value for one in value["parts"]),
        answers=answers,
        strange=tuple(strange + odd),
        safe_contact=_rule(dict(value["safe_contact"])),
        notes=tuple(_note(one) for one in list(value["notes"])),
        lines=tuple(lines),
        files=tuple(_file(one) for one in list(value["files"])),
        consent=_consent(said),
        agreed_on=date.fromisoformat(said["given_on"]),
        agreed_until=date.fromisoformat(said["ends_on"]),
        htcds=dict(value["htcds"]),
    )


def _straight(value: Any) -> Any:
    """The same without what turns writing around."""
    if isinstance(value, str):
        return value.translate(_TURNING)
    if isinstance(value, dict):
        return {_straight(key): _straight(one) for key, one in value.items()}
    return [_straight(one) for one in value] if isinstance(value, list) else value


def _answers(told: dict[str, Any]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    found, strange = dict[str, Any](), list[tuple[str, str]]()
    for key, value in told.items():
        try:
            found[_text(key)] = _typed(_question(key), value)
        except _NONSENSE:
            strange.append((str(key)[:_LONGEST], _as_text(value)))
    return found, strange


def _question(key: str) -> Field:
    """The question of a stored key; how somebody is reached is one, whom they have around them is not."""
    questions.section_of(key)
    kind, dot, question = key.partition(".")
    if dot:
        return kinds.get(kind).field(question)
    return next(one for one in kinds.common() if one.key == key)


def _typed(field: Field, value: Any) -> Any:
    """A value as if somebody had typed it here.

    Raises:
        Invalid: nobody could.
    """
    read_back = values.read([field], values.fill(field, value))
    if read_back.problems or field.key not in read_back.values:
        raise Invalid("This is not one of the choices. Choose one from the list.", field.key)
    return read_back.values[field.key]


def _rule(told: dict[str, Any]) -> dict[str, Any]:
    """The safe-contact rule; what cannot be read of it is left out, which makes the rule no laxer."""
    asked = {one.key: one for one in kinds.page("safe_contact")}
    found = {}
    for key, value in told.items():
        try:
            found[key] = _typed(asked[key], value)
        except _NONSENSE:
            continue
    safe_contact.window_of(found)
    return found


def _note(one: dict[str, Any]) -> Note:
    text = _text(one["text"], entries.LONGEST_TEXT)
    when = datetime.fromisoformat(one["when"])
    if when.tzinfo is None or one["type"] not in codes.load("entry_types"):
        raise Refused
    channel = one["channel"] if one["channel"] in codes.load("contact_channels") else ""
    return Note(one["type"], when, text, channel, one["heavy"] is True)


def _lines(told: list[dict[str, Any]]) -> tuple[list[New], list[tuple[str, str]]]:
    found, strange = list[New](), list[tuple[str, str]]()
    numbers = set[int]()
    for one in told:
        try:
            new = _line(one, numbers)
        except _NONSENSE:
            strange.append(("money", _as_text(one)))
            continue
        numbers.add(new.number)
        found.append(new)
    return found, strange


def _line(one: dict[str, Any], known: set[int]) -> New:
    sort, number, period = sorts.get(one["sort"]), int(one["number"]), one["period"]
    asked = {field.key: field for field in sort.questions}
    said = {key: _typed(asked[key], value) for key, value in dict(one["said"]).items()}
    if number in known or (period is not None and period not in known):
        raise Refused
    sort.value(said | ({"period": "x"} if period is not None else {}), "x")
    return New(sort, said, number, period)


def _file(one: dict[str, Any]) -> dict[str, Any]:
    told = {name: _text(one[name]) for name in ("id", "key", "mime", "what", "called", "grade")}
    if len(told["id"]) != _HEX_ID or len(told["key"]) != _HEX_KEY or not isinstance(one["size"], int):
        raise Refused
    if not 0 < one["size"] < 2**40:
        raise Refused
    return told | {"size": one["size"]}


def _consent(said: dict[str, Any]) -> Answer:
    """The agreement as one to being worked for here: it lasts as long as the one that they gave there."""
    return Answer(
        purpose=CASEWORK,
        given=True,
        how=_text(said["how"]),
        language=_text(said["language"]),
        interpreter=_text(said["interpreter"]),
        present=tuple(_text(one) for one in said["present"]),
        data=_text(said["data"], 1000),
        ends_on=date.fromisoformat(said["ends_on"]),
    )


def _text(value: Any, longest: int = _LONGEST) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise Refused
    return value


def _as_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
