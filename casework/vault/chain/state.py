"""What a verified chain says. Public data only: it may be cached and shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from casework.errors import Refused


class Role(StrEnum):
    """What a member is in the chain; `campaign` only in the network's."""

    COORDINATOR = "coordinator"
    VOLUNTEER = "volunteer"
    ALLY = "ally"
    RECOVERY = "recovery"
    STEWARD = "steward"
    CAMPAIGN = "campaign"


#: Who is given the desk's secret.
HOLDERS = frozenset({Role.COORDINATOR, Role.VOLUNTEER, Role.RECOVERY})
#: Who may say who is in, and draw epochs.
SIGNERS = frozenset({Role.COORDINATOR, Role.RECOVERY})
#: Who may be in a team of the network.
TEAMMATES = frozenset({Role.CAMPAIGN, Role.COORDINATOR})


@dataclass(frozen=True, slots=True)
class Member:
    """A member and their public keys."""

    role: Role
    x: bytes
    ed: bytes


@dataclass(frozen=True, slots=True)
class TeamSeal:
    """What the network's chain says of a team: its key by its commitment, and who was given it.

    Attributes:
        generation: of the key, from 1.
        commit: what the key must derive to.
        members: user ids; who is no teammate of the network any more is not among them.
        due: somebody went who knows the key: a new one comes before anything else is written.
    """

    generation: int
    commit: bytes
    members: frozenset[UUID]
    due: bool = False


@dataclass(frozen=True)
class ChainState:
    """A desk as its chain tells it.

    Attributes:
        desk_id: whose chain.
        heads: the hash after each entry; the last one is the head.
        network_id: the network that the desk belongs to, from its genesis.
        members: by user id (or id of a recovery set).
        former: roles and keys that somebody had before, oldest first; they are gone, or are something else now.
        commits: what each epoch's secret must derive to, by epoch.
        publics: the desk's X25519 public key, by epoch.
        drawn: the number of the entry that drew each epoch's secret.
        done: the last epoch whose sweep is finished: nothing may be wrapped under an older one.
        bumps: the generation that a case has at least.
        floors: the generation that rows of a case's section have at least, by case and section tag.
        teams: teams of the network that share a key, by id.
        peers: SHA-256 of the card of each desk that this one has compared by voice; zeros where it counts no more.
        witnessed: every audit head that a member has signed, oldest first.
        locked: nobody works until two have unlocked it.
    """

    desk_id: UUID
    heads: tuple[bytes, ...] = ()
    network_id: UUID | None = None
    members: Mapping[UUID, Member] = field(default_factory=dict)
    former: Mapping[UUID, tuple[Member, ...]] = field(default_factory=dict)
    commits: Mapping[int, bytes] = field(default_factory=dict)
    publics: Mapping[int, bytes] = field(default_factory=dict)
    drawn: Mapping[int, int] = field(default_factory=dict)
    done: int = 0
    bumps: Mapping[UUID, int] = field(default_factory=dict)
    floors: Mapping[tuple[UUID, bytes], int] = field(default_factory=dict)
    peers: Mapping[UUID, bytes] = field(default_factory=dict)
    teams: Mapping[UUID, TeamSeal] = field(default_factory=dict)
    witnessed: tuple[bytes, ...] = ()
    locked: bool = False

    @property
    def seq(self) -> int:
        """The number of the newest entry; -1 before the genesis."""
        return len(self.heads) - 1

    @property
    def head(self) -> bytes:
        """The hash that stands for the whole history; zeros before the genesis."""
        return self.heads[-1] if self.heads else bytes(32)

    @property
    def epoch(self) -> int:
        """The epoch that is written under; 0 before the first."""
        return len(self.commits)

    def member(self, user_id: UUID) -> Member:
        """A member.

        Raises:
            Refused: no member has this id.
        """
        found = self.members.get(user_id)
        if found is None:
            raise Refused
        return found

    def holders(self) -> dict[UUID, Member]:
        """The members who are given the desk's secret."""
        return {who: member for who, member in self.members.items() if member.role in HOLDERS}

    def coordinators(self) -> list[UUID]:
        """The coordinators' ids in one order that everybody gets."""
        return sorted(who for who, member in self.members.items() if member.role is Role.COORDINATOR)

    def extends(self, seq: int, head: bytes) -> bool:
        """Whether an entry that somebody has verified before is in this history."""
        return 0 <= seq < len(self.heads) and self.heads[seq] == head
