"""Joining by a one-time link: the operator's for the first coordinator, a coordinator's for everybody else."""

from dataclasses import asdict, dataclass
from uuid import UUID

from casework.access import desks, invitations, newcomers, spent_codes
from casework.access.doorway import Doorway
from casework.access.models import Invitation
from casework.access.newcomers import Prepared, Shown
from casework.access.sessions import Session, begin
from casework.access.signing_in import insist_on_pins, keep_profile
from casework.db import db
from casework.errors import Invalid, NotFound
from casework.vault import PersonKeys, keeping

#: Under which name what was prepared is put by.
_DOOR = "joining"


@dataclass(frozen=True)
class Founding:
    """What the first coordinator calls things."""

    network: str
    desk: str
    name: str


def sets_up(token: str) -> bool:
    """Whether a link is the operator's, for the first coordinator of the network.

    Raises:
        NotFound: the link is none, was used, or has ended.
    """
    return invitations.by_token(token).desk_id is None


def prepare(
    door: Doorway, secret: bytes, token: str, login: str, founding: Founding | None = None
) -> Prepared:
    """Make keys and a passphrase for a newcomer; nothing of it is stored yet.

    Args:
        door: of this installation.
        secret: of the browser's cookie from before signing in.
        token: of the link that they opened.
        login: the name they want to sign in with.
        founding: names of network, desk and founder, for the operator's link.

    Raises:
        Invalid: the login cannot be taken.
    """
    invitation = invitations.by_token(token)
    if (founding is None) != (invitation.desk_id is not None):
        raise Invalid("Please give the network, the desk and yourself a name.")
    value = newcomers.make(door, newcomers.free_login(door, login, invitation.id.hex)) | {
        "invitation": str(invitation.id),
        "founding": asdict(founding) if founding else None,
    }
    newcomers.put_by(door, secret, _DOOR, value)
    return newcomers.as_shown(value)


def prepared(door: Doorway, secret: bytes, token: str) -> Prepared:
    """What was made for this browser and this link.

    Raises:
        NotFound: nothing was, or it was forgotten.
    """
    return newcomers.as_shown(_pending(door, secret, invitations.by_token(token)))


def confirm(door: Doorway, secret: bytes, token: str, words: str, code: str) -> Session:
    """Keep what was prepared, now that the newcomer has shown that they can sign in with it.

    Args:
        door: of this installation.
        secret: of the browser's cookie from before signing in.
        token: of the link that they opened.
        words, code: the passphrase and an authenticator code, as typed.

    Returns:
        Their first session.

    Raises:
        NotFound: nothing was prepared here, it was forgotten, or somebody else answered the link meanwhile.
        Invalid: the passphrase or the code is not the one that was shown, or the login was taken meanwhile.
    """
    return keep(door, secret, token, show(door, secret, token, words, code))


def show(door: Doorway, secret: bytes, token: str, words: str, code: str) -> Shown:
    """The first half of `confirm`: long work that only reads. Arguments and errors are the same."""
    return newcomers.unlock(door, _pending(door, secret, invitations.by_token(token)), words, code)


def keep(door: Doorway, secret: bytes, token: str, shown: Shown) -> Session:
    """The second half of `confirm`: it writes, and reads the link anew."""
    invitation, person = invitations.to_answer(token), shown.person
    newcomers.store(door, shown)
    if shown.value["founding"]:
        _found(person, invitation, Founding(**shown.value["founding"]))
    else:
        _answer(person, invitation)
    keep_profile(person)
    spent_codes.spend(door, person)
    newcomers.forget(door, secret, _DOOR)
    return begin(door, person)


def answer(person: PersonKeys, token: str) -> None:
    """Bring the keys of somebody who signs in already to another desk.

    Raises:
        NotFound: the link is none, was used, has ended, or is the operator's.
        Invalid: they are in already.
        Conflict: another page of theirs stored a profile meanwhile; it is to be tried again.
    """
    _answer(person, invitations.to_answer(token))
    insist_on_pins(person)


def _answer(person: PersonKeys, invitation: Invitation) -> None:
    """Bring one's public keys to a desk; a coordinator admits them after comparing the meeting code."""
    if invitation.desk_id is None:
        raise NotFound
    state = keeping.load(invitation.desk_id)
    if person.user_id in state.members:
        raise Invalid("You are a member of this desk already.")
    _, seq = keeping.meet(person, invitation.desk_id)
    if state.network_id and state.network_id != invitation.desk_id:
        invitation.network_seq = _meet_network(person, state.network_id)
    invitation.state, invitation.user_id, invitation.chain_seq = invitations.ANSWERED, person.user_id, seq
    invitation.x_public, invitation.ed_public = person.x_public, person.ed_public


def _meet_network(person: PersonKeys, network_id: UUID) -> int:
    """Pin the network; somebody who knows it already holds it to what they know."""
    if network_id in person.pins:
        return keeping.load(network_id, person).seq
    return keeping.meet(person, network_id)[1]


def _found(person: PersonKeys, invitation: Invitation, founding: Founding) -> None:
    network = desks.found(person, founding.network, founding.name)
    desks.found(person, founding.desk, founding.name, network.desk_id)
    db.session.delete(invitation)


def _pending(door: Doorway, secret: bytes, invitation: Invitation) -> dict[str, object]:
    found = newcomers.waiting(door, secret, _DOOR)
    if found["invitation"] != str(invitation.id):
        raise NotFound
    return found
