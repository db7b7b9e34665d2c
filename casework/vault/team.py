"""The key of a team of the network, such as those who run a campaign: boxed to each of them, known by the chain.

The network's chain says which key it is (by a commitment), of which generation, and who was given it. So nobody who
can only write to the database can put another key, an older one or another member in its place. There is one
generation at a time: whoever draws a new key seals what the team has under it anew.
"""

from collections.abc import Iterable
from typing import NoReturn
from uuid import UUID

from casework.errors import Refused
from casework.vault import box
from casework.vault.catalogue import SealedField
from casework.vault.chain.state import ChainState
from casework.vault.encoding import kdf
from casework.vault.field import FieldKey, picked
from casework.vault.person_keys import PersonKeys
from casework.vault.plain import Value
from casework.vault.secret import Secret
from casework.vault.sections import TEAM_TAG

_PURPOSE = "team"


class TeamKeys:
    r"""One team, opened by one of its members. It lives for one request.

    Its fields are sealed with fmt 1 under KDF(K, "section", team, "team", g), bound to the catalogue number, the
    team, the row and the tag b"team\0\0\0\0"; the version is the generation g.

    Args:
        network_id: whose chain names it.
        team_id: which team.
        generation: of its key.
        key: 32 bytes.
    """

    def __init__(self, network_id: UUID, team_id: UUID, generation: int, key: Secret) -> None:
        self.network_id = network_id
        self.team_id = team_id
        self.generation = generation
        self._key = key

    @classmethod
    def draw(cls, state: ChainState, team_id: UUID) -> "TeamKeys":
        """The next key of a team, or its first; nobody has it yet."""
        before = state.teams.get(team_id)
        return cls(state.desk_id, team_id, before.generation + 1 if before else 1, Secret.random())

    @property
    def commitment(self) -> bytes:
        """What the chain says of the key: KDF(K, "team commit", team)."""
        return kdf(self._key, "team commit", self.team_id).expose()

    def boxes(self, state: ChainState, members: Iterable[UUID]) -> dict[UUID, bytes]:
        """The key for each of these members, under the key that the chain gives for them.

        Raises:
            Refused: the chain does not know one of them.
        """
        place = (self.network_id, self.team_id, self.generation)
        return {one: box.pack(state.member(one).x, self._key, _PURPOSE, *place, one) for one in members}

    def seal(self, field: SealedField, row_id: UUID, value: Value) -> bytes:
        """Seal a value that everybody in the team may read."""
        return self._field(field).seal(row_id, value)

    def open(self, field: SealedField, row_id: UUID, sealed: bytes | None) -> Value:
        """Open a value of this team.

        Raises:
            Refused: it does not open, or lies under another generation.
        """
        generation, there = picked(sealed)
        if generation != self.generation:
            raise Refused
        return self._field(field).open(row_id, there)

    def event_id(self, number: int) -> UUID:
        """The id of the event that records the end of a version: only who holds its key can foretell it.

        Args:
            number: of the version that ends, sealed under this key.
        """
        drawn = kdf(self._key, "row event", self.team_id, self.generation, number, length=16)
        return UUID(bytes=drawn.expose(), version=4)

    def _field(self, field: SealedField) -> FieldKey:
        field.require("team")
        key = kdf(self._key, "section", self.team_id, "team", self.generation)
        return FieldKey(key, self.generation, field.number, self.team_id, TEAM_TAG)

    def __repr__(self) -> str:
        return f"TeamKeys({self.team_id}, generation {self.generation})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("keys are never serialised")


def unbox(person: PersonKeys, state: ChainState, team_id: UUID, packed: bytes | None) -> TeamKeys:
    """Open the key of a team, and hold it against what the chain says of it.

    Args:
        person: a member of the team.
        state: the network's chain, held against their pin.
        team_id: which team.
        packed: their box.

    Raises:
        Refused: the chain knows no such team or not them in it, or this is not its key.
    """
    team = state.teams.get(team_id)
    if team is None or person.user_id not in team.members:
        raise Refused
    place = (state.desk_id, team_id, team.generation, person.user_id)
    keys = TeamKeys(
        state.desk_id, team_id, team.generation, box.unpack_secret(person.x_private, packed, _PURPOSE, *place)
    )
    if Secret(keys.commitment) != Secret(team.commit):
        raise Refused
    return keys
