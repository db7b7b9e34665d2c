"""Who asks: a value that carries the opened keys through one request and is dropped at its end."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from casework.errors import Locked
from casework.vault import DeskKeys, PersonKeys, Role

SaidWhy = Callable[[UUID], bool]


def nobody_reads(_case_id: UUID) -> bool:
    """For work that shows nothing to anybody: a demo that is made, cards that are made anew. It needs no reason."""
    return True


@dataclass(frozen=True)
class Actor:
    """A signed-in person, and the desk they work at in this request.

    Attributes:
        person: their own opened keys.
        desk_keys: the desk of this request; None on pages that belong to no desk, and for roles
            that are given no desk secret.
        network_keys: the network's registry, where the page needs it.
        desk_id: the desk of this request.
        at_network: whether the desk of this request is the network itself, which has no cases.
        role: what the desk's signed chain says they are there.
        said_why: whether this session has said why it opens a case that is somebody else's.
    """

    person: PersonKeys = field(repr=False)
    desk_id: UUID | None = None
    role: Role | None = None
    desk_keys: DeskKeys | None = field(default=None, repr=False)
    network_keys: DeskKeys | None = field(default=None, repr=False)
    at_network: bool = False
    said_why: SaidWhy = field(default=nobody_reads, repr=False)

    @property
    def user_id(self) -> UUID:
        """Whose keys these are."""
        return self.person.user_id

    @property
    def desk(self) -> DeskKeys:
        """The keys of the desk.

        Raises:
            Locked: when this actor holds none.
        """
        if self.desk_keys is None:
            raise Locked
        return self.desk_keys

    @property
    def network(self) -> DeskKeys:
        """The keys of the network.

        Raises:
            Locked: when this actor holds none.
        """
        if self.network_keys is None:
            raise Locked
        return self.network_keys
