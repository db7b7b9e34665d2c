"""What a legal ally is given of one case: keys of chosen sections and files, boxed to them until a day (construction §8).

Never the case key: from a section key no other section follows, no later generation, no older one. The box is
signed by a member of the desk, because a box alone proves nothing about who packed it.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, NoReturn
from uuid import UUID

from casework.errors import Refused
from casework.vault import plain, signature
from casework.vault.box import pack, unpack
from casework.vault.case import CaseKeys
from casework.vault.catalogue import SealedField
from casework.vault.chain.state import HOLDERS, ChainState, Role
from casework.vault.encoding import Part, kdf
from casework.vault.field import FieldKey, picked
from casework.vault.person_keys import PersonKeys
from casework.vault.plain import Value
from casework.vault.secret import Secret
from casework.vault.sections import Section

#: Sections that may be given. The header is not: with it one could open the keys of all papers that left; and
#: files are given one by one, because the key of their section would open every one.
GRANTABLE = (Section.STORY, Section.LEGAL, Section.MONEY, Section.HEALTH, Section.IDENTITY)

_PURPOSE = "grant"
_TALK_TAG, _TALK_VERSION = b"talk\0\0\0\0", 1
#: Bytes up to which all boxes look alike, whatever was given.
_FILL = 8_000


@dataclass(frozen=True, slots=True)
class Place:
    """What a box is bound to.

    Attributes:
        desk_id, case_id, grant_id, ally_id: whose, and to whom.
        generation: of the case key that its section keys reach up to.
        ends_on: the last day.
    """

    desk_id: UUID
    case_id: UUID
    grant_id: UUID
    ally_id: UUID
    generation: int
    ends_on: date

    def parts(self) -> tuple[Part, ...]:
        """As they are bound."""
        ids = (self.desk_id, self.case_id, self.grant_id, self.ally_id)
        return (*ids, self.generation, self.ends_on.isoformat())


def box(
    person: PersonKeys, state: ChainState, place: Place, case: CaseKeys, given: dict[str, Any]
) -> tuple[bytes, bytes]:
    """Box what an ally is given, and sign it.

    Args:
        person: a member who holds the desk's secret; signs.
        state: the desk's verified chain, out of which the ally's key comes.
        place: what the box is bound to; its generation is the case's newest.
        case: opened; the keys of the named sections are derived from it.
        given: JSON-able; `sections` names the sections, `talk` is a key in hexadecimal, the rest goes as it is.

    Returns:
        The box and the signature.

    Raises:
        Refused: they are no ally of this desk, or a section is not to be given.
    """
    ally = state.member(place.ally_id)
    sections = [Section(name) for name in given["sections"]]
    if ally.role is not Role.ALLY or not set(sections) <= set(GRANTABLE):
        raise Refused
    value = {**given, "sections": {one.value: _keys(case, one) for one in sections}}
    value["fill"] = " " * (_FILL - len(plain.encode(value).rstrip(b"\0")))
    boxed = pack(ally.x, Secret(plain.encode(value)), _PURPOSE, *place.parts())
    return boxed, signature.sign(person.ed_private, _PURPOSE, *place.parts(), sha256(boxed).digest())


def carried(key: Secret) -> str:
    """A file's key as it goes into a grant, which is sealed or boxed as a whole."""
    return key.expose().hex()


def _keys(case: CaseKeys, section: Section) -> dict[str, Any]:
    """The tag of a section and its keys: of the generations that its rows may still have, and of no other."""
    tag = case.tag(section)
    least = max(1, case.state.floors.get((case.case_id, tag), 1))
    every = range(least, case.generation + 1)
    return {"tag": tag.hex(), "keys": {str(g): case.section_key(section, g).expose().hex() for g in every}}


def unbox(
    person: PersonKeys, state: ChainState, place: Place, signer_id: UUID, signed: bytes, boxed: bytes | None
) -> "GrantKeys":
    """Open what was given to an ally.

    Args:
        person: the ally.
        state: the desk's chain, held against their pin.
        place: as the row says; another place does not open.
        signer_id, signed: who signed it; must be a present member who holds the desk's secret.
        boxed: the box.

    Raises:
        Refused: it does not open, was not signed by such a member, or is older than the chain's bump of the case.
    """
    signer = state.member(signer_id)
    if boxed is None or signer.role not in HOLDERS or place.generation < state.bumps.get(place.case_id, 0):
        raise Refused
    signature.verify(signer.ed, signed, _PURPOSE, *place.parts(), sha256(boxed).digest())
    value = plain.decode(unpack(person.x_private, boxed, _PURPOSE, *place.parts()))
    if not isinstance(value, dict):
        raise Refused
    return GrantKeys(state, place, value)


class TalkKey:
    """What the desk and the ally say to each other about one grant lies under one random key of its own.

    Args:
        grant_id: which grant.
        key: 32 bytes in hexadecimal, out of the grant.
    """

    def __init__(self, grant_id: UUID, key: str) -> None:
        self._grant_id = grant_id
        self._secret = Secret(bytes.fromhex(key))
        self._key = kdf(self._secret, "section", grant_id, "talk", _TALK_VERSION)

    @staticmethod
    def new() -> str:
        """A key for a new grant, in hexadecimal."""
        return Secret.random().expose().hex()

    def seal(self, field: SealedField, row_id: UUID, value: Value) -> bytes:
        """Seal a value that the desk and this ally may read."""
        return self._field(field).seal(row_id, value)

    def open(self, field: SealedField, row_id: UUID, sealed: bytes | None) -> Value:
        """Open such a value.

        Raises:
            Refused: it does not open.
        """
        version, there = picked(sealed)
        if version != _TALK_VERSION:
            raise Refused
        return self._field(field).open(row_id, there)

    def event_id(self, field: SealedField, place: int) -> UUID:
        """The id of the event that records what was said: desk and ally can foretell it, and nobody else.

        Args:
            field: the sealed column.
            place: in the conversation, from 1.
        """
        drawn = kdf(self._secret, "talk event", self._grant_id, field.number, place, length=16)
        return UUID(bytes=drawn.expose(), version=4)

    def _field(self, field: SealedField) -> FieldKey:
        field.require("case")
        return FieldKey(self._key, _TALK_VERSION, field.number, self._grant_id, _TALK_TAG)


class GrantKeys:
    """A grant, opened by its ally. It lives for one request.

    Attributes:
        place: whose, of which case, until when.
        about: what else was given beside keys, as the desk put it there.
        tags: the tag of each section that was given.
        talk: for questions and answers.
    """

    def __init__(self, state: ChainState, place: Place, value: dict[str, Any]) -> None:
        self.place = place
        self.about = {name: one for name, one in value.items() if name not in {"sections", "talk", "fill"}}
        self.tags = {Section(name): bytes.fromhex(one["tag"]) for name, one in value["sections"].items()}
        self.talk = TalkKey(place.grant_id, value["talk"])
        self._floors = state.floors
        self._keys = {
            (Section(name), int(g)): Secret(bytes.fromhex(key))
            for name, one in value["sections"].items()
            for g, key in one["keys"].items()
        }

    def open(self, field: SealedField, row_id: UUID, section: Section, sealed: bytes | None) -> Value:
        """Open a value of a section that was given.

        Raises:
            Refused: the section or its generation was not given, or it does not open.
        """
        generation, there = picked(sealed)
        key, tag = self._keys.get((section, generation)), self.tags.get(section, b"")
        field.require("case")
        if key is None or generation < self._floors.get((self.place.case_id, tag), 0):
            raise Refused
        return FieldKey(key, generation, field.number, self.place.case_id, tag).open(row_id, there)

    def file_key(self, file_id: UUID) -> Secret:
        """The key of one file that was given.

        Raises:
            Refused: it was not.
        """
        for one in self.about["files"]:
            if one["file"] == str(file_id):
                return Secret(bytes.fromhex(one["key"]))
        raise Refused

    def __repr__(self) -> str:
        return f"GrantKeys({self.place.grant_id})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("keys are never serialised")
