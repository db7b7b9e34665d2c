"""The bytes of case wraps and case links (construction §5). No database here."""

from dataclasses import dataclass, field
from uuid import UUID

from casework.errors import Refused
from casework.vault import blob, box
from casework.vault.blob import Fmt
from casework.vault.case import CaseKeys
from casework.vault.desk import DeskKeys
from casework.vault.encoding import kdf, u32
from casework.vault.secret import Secret

_KEY, _NUMBER, _ID = 32, 4, 16


def link(case_id: UUID, generation: int, key: Secret, older: Secret) -> bytes:
    """K_{g-1} under a key that K_g gives (fmt 4): who may open the newer may open the older."""
    outer = kdf(key, "case link", case_id)
    return blob.seal(outer, Fmt.CASE_LINK, generation, older, "case link", case_id)


def wrap(desk: DeskKeys, case: CaseKeys) -> bytes:
    """K_g ‖ T under the desk's case-wrap key of the current epoch (fmt 3)."""
    place = ("case wrap", desk.desk_id, case.case_id, case.generation)
    return blob.seal(desk.key("case wrap"), Fmt.CASE_WRAP, desk.epoch, _both(case), *place)


def _both(case: CaseKeys) -> Secret:
    return case.key(case.generation) + case.tags


def unwrap(desk: DeskKeys, case_id: UUID, generation: int, sealed: bytes) -> tuple[Secret, Secret]:
    """K_g and T out of a wrap.

    Raises:
        Refused: it does not open.
    """
    key = desk.key("case wrap", blob.version_of(sealed, Fmt.CASE_WRAP))
    place = ("case wrap", desk.desk_id, case_id, generation)
    both = Secret(blob.open_sealed(key, Fmt.CASE_WRAP, sealed, *place))
    if len(both) != 2 * _KEY:
        raise Refused
    return both.part(0, _KEY), both.part(_KEY, 2 * _KEY)


@dataclass(frozen=True)
class Inside:
    """What a named member's box holds.

    Attributes:
        key, tags: K_g and T.
        born: the epoch that K_g was drawn in. The desk's layer around the box may be renewed by members
            who cannot draw a new generation, so its own epoch does not tell.
        named: everybody who is named. A row that somebody slips into the table must not make the next
            generation be boxed to its owner.
    """

    key: Secret
    tags: Secret
    born: int
    named: frozenset[UUID] = field(repr=False)


def wrap_restricted(desk: DeskKeys, case: CaseKeys, named: frozenset[UUID]) -> dict[UUID, bytes]:
    """A box for each named member under a layer of the desk's (fmt 7).

    Inside: K_g ‖ T ‖ u32 born ‖ the ids of the named.
    """
    inside = _both(case) + Secret(u32(case.born) + b"".join(who.bytes for who in sorted(named)))
    return {who: _cover(desk, _place(desk, case.case_id, case.generation, who), inside) for who in named}


Place = tuple[str, UUID, UUID, int, UUID]


def _place(desk: DeskKeys, case_id: UUID, generation: int, who: UUID) -> Place:
    return "restricted", desk.desk_id, case_id, generation, who


def _cover(desk: DeskKeys, place: Place, inside: Secret) -> bytes:
    packed = box.pack(desk.state.member(place[-1]).x, inside, *place)
    return blob.seal(desk.key("restricted outer"), Fmt.RESTRICTED, desk.epoch, packed, *place)


def cover_again(desk: DeskKeys, case_id: UUID, generation: int, who: UUID, sealed: bytes) -> bytes:
    """The same box under a layer of the current epoch.

    Raises:
        Refused: the old layer does not open.
    """
    place = _place(desk, case_id, generation, who)
    packed = _uncover(desk, place, sealed)
    return blob.seal(desk.key("restricted outer"), Fmt.RESTRICTED, desk.epoch, packed, *place)


def _uncover(desk: DeskKeys, place: Place, sealed: bytes) -> bytes:
    """The box under the desk's layer; any holder of the desk's secret gets this far."""
    key = desk.key("restricted outer", blob.version_of(sealed, Fmt.RESTRICTED))
    return blob.open_sealed(key, Fmt.RESTRICTED, sealed, *place)


def unwrap_restricted(desk: DeskKeys, case_id: UUID, generation: int, sealed: bytes) -> Inside:
    """What is boxed to whoever opened the desk.

    Raises:
        Refused: it is for somebody else, or does not open.
    """
    place = _place(desk, case_id, generation, desk.person.user_id)
    inside = box.unpack_secret(desk.person.x_private, _uncover(desk, place, sealed), *place)
    after = 2 * _KEY + _NUMBER
    if len(inside) < after or (len(inside) - after) % _ID:
        raise Refused
    ids = inside.part(after, len(inside)).expose()
    return Inside(
        key=inside.part(0, _KEY),
        tags=inside.part(_KEY, 2 * _KEY),
        born=int.from_bytes(inside.part(2 * _KEY, after).expose(), "big"),
        named=frozenset(UUID(bytes=ids[at : at + _ID]) for at in range(0, len(ids), _ID)),
    )
