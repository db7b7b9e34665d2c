"""What each kind of entry does to a state, and who may sign it."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from casework.errors import Refused
from casework.vault import signature
from casework.vault.chain.entry import Entry
from casework.vault.chain.state import HOLDERS, SIGNERS, TEAMMATES, ChainState, Member, Role, TeamSeal

_ID, _NUMBER, _KEY, _TAG = 16, 4, 32, 8

Effect = Callable[[ChainState, Entry], ChainState]


def _need(holds: bool) -> None:
    if not holds:
        raise Refused


def _exact(raw: bytes, size: int) -> bytes:
    _need(len(raw) == size)
    return raw


def _id(raw: bytes) -> UUID:
    return UUID(bytes=_exact(raw, _ID))


def _number(raw: bytes) -> int:
    return int.from_bytes(_exact(raw, _NUMBER), "big")


def _key(raw: bytes) -> bytes:
    return _exact(raw, _KEY)


def _role(raw: bytes) -> Role:
    try:
        return Role(raw.decode())
    except ValueError:
        raise Refused from None


def _genesis(state: ChainState, entry: Entry) -> ChainState:
    """Network, X25519, Ed25519: the founder is a coordinator by their own signature."""
    network, x, ed = entry.fields
    founder = Member(Role.COORDINATOR, _key(x), _key(ed))
    return replace(state, network_id=_id(network), members={entry.signer_id: founder})


def _admit(state: ChainState, entry: Entry) -> ChainState:
    """User, role, X25519, Ed25519. New keys for a member need a removal first."""
    user, role, x, ed = entry.fields
    who = _id(user)
    _need(who not in state.members)
    return replace(state, members={**state.members, who: Member(_role(role), _key(x), _key(ed))})


def _remove(state: ChainState, entry: Entry) -> ChainState:
    """User."""
    (user,) = entry.fields
    who = _id(user)
    _need(who in state.members)
    left = {one: member for one, member in state.members.items() if one != who}
    return _led(replace(_before(state, who), members=left))


def _before(state: ChainState, who: UUID) -> ChainState:
    """Remember what a member was: what they signed as such stays signed."""
    former = (*state.former.get(who, ()), state.members[who])
    return _out_of_teams(replace(state, former={**state.former, who: former}), who)


def _out_of_teams(state: ChainState, who: UUID) -> ChainState:
    """Whoever goes, or is something else from now on, is in no team; those they were in need another key."""
    teams = {
        one: replace(team, members=team.members - {who}, due=True) if who in team.members else team
        for one, team in state.teams.items()
    }
    return replace(state, teams=teams)


def _change_role(state: ChainState, entry: Entry) -> ChainState:
    """User, role."""
    user, role = entry.fields
    who = _id(user)
    member = replace(state.member(who), role=_role(role))
    return _led(replace(_before(state, who), members={**state.members, who: member}))


def _led(state: ChainState) -> ChainState:
    """A desk without anybody who may admit others would be closed for good."""
    _need(any(member.role in SIGNERS for member in state.members.values()))
    return state


def _epoch(state: ChainState, entry: Entry) -> ChainState:
    """Number, commitment, desk public key."""
    number, commit, public = entry.fields
    n = _number(number)
    _need(n == state.epoch + 1)
    return replace(
        state,
        commits={**state.commits, n: _key(commit)},
        publics={**state.publics, n: _key(public)},
        drawn={**state.drawn, n: state.seq + 1},
    )


def _epoch_done(state: ChainState, entry: Entry) -> ChainState:
    """Number of the present epoch: nothing is wrapped under an older one any more."""
    (number,) = entry.fields
    _need(state.done < _number(number) == state.epoch)
    return replace(state, done=state.epoch)


def _bump(state: ChainState, entry: Entry) -> ChainState:
    """Case, generation: its wrap has at least this generation from now on."""
    case, number = entry.fields
    who, generation = _id(case), _number(number)
    _need(generation > state.bumps.get(who, 0))
    return replace(state, bumps={**state.bumps, who: generation})


def _done(state: ChainState, entry: Entry) -> ChainState:
    """Case, section tag, generation: its rows have at least this generation from now on."""
    case, tag, number = entry.fields
    place, generation = (_id(case), _exact(tag, _TAG)), _number(number)
    _need(state.floors.get(place, 0) < generation <= state.bumps.get(place[0], 0))
    return replace(state, floors={**state.floors, place: generation})


def _peer(state: ChainState, entry: Entry) -> ChainState:
    """Desk, SHA-256 of its card that was compared by voice."""
    desk, card = entry.fields
    return replace(state, peers={**state.peers, _id(desk): _key(card)})


def _team(state: ChainState, entry: Entry) -> ChainState:
    """Team, generation, commitment, members: a new team, more of them under the same key, or another key.

    Whoever signs is in it, and was before: nobody lets themselves in.
    """
    team, number, commit, *ids = entry.fields
    who, generation, members = _id(team), _number(number), frozenset(map(_id, ids))
    roles = {state.member(one).role for one in members}
    before = state.teams.get(who)
    _need(state.network_id == state.desk_id and roles <= TEAMMATES)
    _need(entry.signer_id in (members if before is None else members & before.members))
    if before is not None and generation == before.generation:
        _need(commit == before.commit and before.members < members and not before.due)
    else:
        _need(generation == (before.generation if before else 0) + 1)
    return replace(state, teams={**state.teams, who: TeamSeal(generation, _key(commit), members)})


def _witness(state: ChainState, entry: Entry) -> ChainState:
    """Audit head."""
    (head,) = entry.fields
    return replace(state, witnessed=(*state.witnessed, _key(head)))


def _lock(state: ChainState, entry: Entry) -> ChainState:
    """No fields."""
    _need(not entry.fields)
    return replace(state, locked=True)


def _unlock(state: ChainState, entry: Entry) -> ChainState:
    """Second signer, their signature over LP("casework/1", "unlock", desk, seq, prev, first signer)."""
    user, signed = entry.fields
    second = state.member(_id(user))
    _need(state.locked and second.role in SIGNERS and _id(user) != entry.signer_id)
    signature.verify(second.ed, signed, *unlock_parts(state, entry.signer_id))
    return replace(state, locked=False)


def unlock_parts(state: ChainState, first_signer: UUID) -> tuple[str, UUID, int, bytes, UUID]:
    """What the second of two signs so that a locked desk opens."""
    return "unlock", state.desk_id, state.seq + 1, state.head, first_signer


#: Kind → who may sign it, and what it does. A genesis is signed by the key that it brings.
RULES: dict[str, tuple[frozenset[Role], Effect]] = {
    "genesis": (frozenset({Role.COORDINATOR}), _genesis),
    "admit": (SIGNERS, _admit),
    "remove": (SIGNERS, _remove),
    "role": (SIGNERS, _change_role),
    "epoch": (SIGNERS, _epoch),
    "peer": (SIGNERS, _peer),
    "unlock": (SIGNERS, _unlock),
    "bump": (HOLDERS, _bump),
    "done": (HOLDERS, _done),
    "epochdone": (HOLDERS, _epoch_done),
    "lock": (HOLDERS, _lock),
    "witness": (HOLDERS, _witness),
    "team": (TEAMMATES, _team),
}
