"""Files of a packet: opened and sealed anew under keys of their own, chunk by chunk, never in the clear on a disk."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4, uuid5

from sqlalchemy import delete, select

from casework import queue
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Invalid, NotFound, Refused
from casework.evidence import service as evidence
from casework.evidence.bodies import File
from casework.evidence.coming import Coming
from casework.evidence.spool import Spool
from casework.packets import contents
from casework.packets.models import ArrivalFile
from casework.store import Store
from casework.vault import Secret, filing
from casework.vault.filing import FileSealer
from casework.vault.packet import file_key

#: The job that deletes what no row names any more.
_DELETE = evidence.DELETE


@dataclass(frozen=True)
class Leaving:
    """A file that goes along.

    Attributes:
        told: of it, as the packet carries it.
        source: the file of the case.
        key: that it lies under there.
        sealer: of the new seal.
    """

    told: dict[str, Any]
    source: File
    key: Secret
    sealer: FileSealer

    def parts(self, store: Store) -> Iterator[bytes]:
        """The file under its new seal, while the old one is opened."""
        yield self.sealer.lead
        for part in filing.opened(self.key, self.source.id, self.source.size, store.get(self.source.id)):
            yield from self.sealer.add(part)
        yield from self.sealer.end()


def chosen(case: OpenCase, pieces: Iterable[UUID]) -> list[Leaving]:
    """The chosen files of a case, each with a new key; nothing is read of them yet.

    Raises:
        Invalid: one of them is no piece of this case, or has no file.
    """
    return [_leaving(case, piece_id) for piece_id in pieces]


def _leaving(case: OpenCase, piece_id: UUID) -> Leaving:
    try:
        piece, _, _ = evidence.to_give(case, piece_id)
        file, key = evidence.original(case, piece_id)
    except NotFound:
        raise Invalid("Please choose from the list.", "files") from None
    sealer = FileSealer(uuid4())
    told = contents.file(piece, file.mime, file.size, str(sealer.file_id), sealer.key)
    return Leaving(told, file, key, sealer)


def put(store: Store, files: Iterable[Leaving]) -> None:
    """Put the files of a packet into the store; a row has to name them soon, else they are swept away.

    Raises:
        StoreAway: the store does not take them.
    """
    for one in files:
        # The store does not read one file while it takes another: the new seal waits aside, as uploads do.
        with closing(Spool.of(one.parts(store))) as sealed:
            store.put(one.sealer.file_id, sealed)


def fetch(store: Store, told: Mapping[str, Any], lies_at: UUID) -> Coming:
    """A file of a packet, opened and sealed anew, as if it had just been handed in.

    Raises:
        Refused: it is not that file, or was changed.
        NotFound: it is not in the store any more.
    """
    coming = Coming()
    for part in opened(store, told, lies_at):
        coming.write(part)
    return coming


def opened(store: Store, told: Mapping[str, Any], lies_at: UUID) -> Iterator[bytes]:
    """The plain bytes of a file of a packet.

    Args:
        store: where it lies.
        told: of it, in the packet.
        lies_at: what it is called there; see `named_under`.

    Raises:
        Refused: it is not that file, or what is told of it is nonsense.
    """
    return filing.opened(file_key(told["key"]), id_of(told), told["size"], store.get(lies_at))


def named_under(folder: UUID | None, told: Mapping[str, Any]) -> UUID:
    """What a file is called in the store.

    A packet that came as a file names its files itself, and whoever made it may know what others are called. So each
    bringing draws an id of its own, and names follow from both: nobody's file is written over, and whoever begins
    again after a crash finds no name taken.

    Args:
        folder: drawn when the packet was brought; None for one of this installation, whose names were drawn here.
        told: of the file, in the packet.

    Raises:
        Refused: what is told of it is nonsense.
    """
    file_id = id_of(told)
    return file_id if folder is None else uuid5(folder, file_id.hex)


def id_of(told: Mapping[str, Any]) -> UUID:
    """What a file of a packet was sealed as.

    Raises:
        Refused: what is told of it is nonsense.
    """
    try:
        return UUID(str(told["id"]))
    except (LookupError, ValueError):
        raise Refused from None


def forget(arrival_ids: Iterable[UUID]) -> None:
    """Take the files of packets away; no key is needed."""
    theirs = ArrivalFile.arrival_id.in_(list(arrival_ids))
    files = list(db.session.scalars(select(ArrivalFile.id).where(theirs)))
    if files:
        db.session.execute(delete(ArrivalFile).where(theirs))
        queue.enqueue(_DELETE, *files)


def named(file_ids: Iterable[UUID] | None = None) -> set[UUID]:
    """Which files of the store packets name; `evidence.sweeping` leaves those."""
    query = select(ArrivalFile.id)
    if file_ids is not None:
        query = query.where(ArrivalFile.id.in_(list(file_ids)))
    return set(db.session.scalars(query))
