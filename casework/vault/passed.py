"""The key of something that a desk gives to a team and can take back: it lies in the case and in the team's body.

So the desk's own people, who are in no team, can change or empty the copy at once; and nobody of the team learns
anything but that copy by it.
"""

from uuid import UUID

from casework.errors import Refused
from casework.vault.secret import Secret
from casework.vault.team import TeamKeys

_KEY = 32
#: There is one generation: whoever is to read it no more had read it already, and what is given next has its own key.
_ONLY = 1


class PassedKeys(TeamKeys):
    """The key of one copy. Its fields are those of a team (fmt 1) whose id is that of the copy, of generation 1."""

    @classmethod
    def fresh(cls, network_id: UUID, copy_id: UUID) -> "PassedKeys":
        """A new key, for one copy."""
        return cls(network_id, copy_id, _ONLY, Secret.random())

    @classmethod
    def read(cls, network_id: UUID, copy_id: UUID, carried: str) -> "PassedKeys":
        """The key as it was carried inside another seal.

        Raises:
            Refused: it is none.
        """
        try:
            key = bytes.fromhex(carried)
        except ValueError:
            raise Refused from None
        if len(key) != _KEY:
            raise Refused
        return cls(network_id, copy_id, _ONLY, Secret(key))

    @property
    def carried(self) -> str:
        """The key in hexadecimal, to be put inside another seal and nowhere else."""
        return self._key.expose().hex()
