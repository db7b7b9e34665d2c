"""A slot: the root of a person, sealed under a passphrase (construction §1).

There is no password hash apart. A passphrase is right when its commitment is equal and its slot opens;
the commitment is compared first because AES-GCM does not commit to its key.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from casework.errors import Refused
from casework.vault import blob
from casework.vault.blob import Fmt
from casework.vault.encoding import bound, kdf
from casework.vault.passphrase import normalise
from casework.vault.secret import Secret

SALT = 16


@dataclass(frozen=True)
class Cost:
    """What one try of a passphrase costs. It is chosen by the caller, never read from a row."""

    memory_kib: int
    iterations: int
    lanes: int


#: For people: 64 MiB, 3 passes, about 0.4 seconds on one core.
STRONG = Cost(64 * 1024, 3, 1)
#: For tests and the seeding of throwaway demos only: worth nothing against guessing.
QUICK = Cost(64, 1, 1)


class Peppers:
    """The server's secrets in every slot, by id: a stolen database alone lets nobody guess.

    Args:
        by_id: 32 bytes by id. Old ids stay until every slot was rewrapped at a sign-in.
    """

    def __init__(self, by_id: Mapping[int, bytes]) -> None:
        self._by_id = {number: Secret(raw) for number, raw in by_id.items()}
        #: The highest id: the one for new slots.
        self.current = max(self._by_id)

    def __getitem__(self, number: int) -> Secret:
        return self._by_id[number]

    def __contains__(self, number: int) -> bool:
        return number in self._by_id

    def __repr__(self) -> str:
        return f"Peppers({sorted(self._by_id)})"


class Gate:
    """At most a few passphrase checks at once, so that many sign-ins cannot exhaust the memory.

    Args:
        at_once: how many; each takes the memory of its cost.
    """

    def __init__(self, at_once: int = 4) -> None:
        self._places = threading.BoundedSemaphore(at_once)

    @property
    def place(self) -> threading.BoundedSemaphore:
        """One of the places, to be held while a passphrase is worked on in another way than ours."""
        return self._places

    def derive(self, passphrase: str, salt: bytes, pepper: Secret, user_id: UUID, cost: Cost) -> Secret:
        """Argon2id (RFC 9106) of a passphrase; waits for a place first."""
        with self._places:
            return self._argon2(passphrase, salt, pepper, user_id, cost)

    def _argon2(self, passphrase: str, salt: bytes, pepper: Secret, user_id: UUID, cost: Cost) -> Secret:
        work = Argon2id(
            salt=salt,
            length=32,
            iterations=cost.iterations,
            lanes=cost.lanes,
            memory_cost=cost.memory_kib,
            ad=bound("slot", user_id),
            secret=pepper.expose(),
        )
        return Secret(work.derive(normalise(passphrase).encode()))


GATE = Gate()


@dataclass(frozen=True)
class Slot:
    """One slot as it is stored; every part is public.

    Attributes:
        id, user_id: its row and its owner.
        salt: 16 bytes.
        commit: 32 bytes that only the right passphrase gives.
        blob: the sealed root (fmt 5); its head names the pepper.
    """

    id: UUID
    user_id: UUID
    salt: bytes = field(repr=False)
    commit: bytes = field(repr=False)
    blob: bytes = field(repr=False)

    @property
    def pepper_id(self) -> int:
        """Which pepper was used.

        Raises:
            Refused: the blob is no slot.
        """
        return blob.version_of(self.blob, Fmt.SLOT)


def make(
    root: Secret,
    slot_id: UUID,
    user_id: UUID,
    passphrase: str,
    peppers: Peppers,
    cost: Cost,
    gate: Gate = GATE,
) -> Slot:
    """A new slot for a root, under the newest pepper and an own salt."""
    salt = Secret.random(SALT).expose()
    out = gate.derive(passphrase, salt, peppers[peppers.current], user_id, cost)
    sealed = blob.seal(
        kdf(out, "slot key", user_id), Fmt.SLOT, peppers.current, root, "slot", user_id, slot_id
    )
    return Slot(slot_id, user_id, salt, kdf(out, "slot commit", user_id).expose(), sealed)


def unlock(slot: Slot | None, passphrase: str, peppers: Peppers, cost: Cost, gate: Gate = GATE) -> Secret:
    """The root in a slot.

    Args:
        slot: of whoever signs in; None when nobody has this login: the same work is then done on a decoy.
        passphrase: as typed.
        peppers: all that are loaded.
        cost: what a try costs.
        gate: bounds how many tries run at once.

    Raises:
        Refused: an unknown user, a wrong passphrase, a pepper that is not loaded, a slot that was changed.
    """
    known = slot if slot is not None and _pepper_loaded(slot, peppers) else _decoy(peppers)
    out = gate.derive(passphrase, known.salt, peppers[known.pepper_id], known.user_id, cost)
    if kdf(out, "slot commit", known.user_id) != Secret(known.commit):
        raise Refused
    place = ("slot", known.user_id, known.id)
    return Secret(blob.open_sealed(kdf(out, "slot key", known.user_id), Fmt.SLOT, known.blob, *place))


def _pepper_loaded(slot: Slot, peppers: Peppers) -> bool:
    try:
        return slot.pepper_id in peppers
    except Refused:
        return False


def _decoy(peppers: Peppers) -> Slot:
    """A slot that no passphrase opens, so that an unknown login takes as long as a wrong passphrase."""
    nothing = UUID(int=0)
    random = Secret.random
    sealed = blob.seal(random(), Fmt.SLOT, peppers.current, random(), "slot", nothing, nothing)
    return Slot(nothing, nothing, random(SALT).expose(), random().expose(), sealed)
