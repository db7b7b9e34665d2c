"""Writing a desk's blocks: one writer at a time, each block as a whole, and the list of what is current."""

from collections.abc import Collection
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Delete, Update, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from casework.db import db
from casework.errors import Conflict, Refused
from casework.search.manifest import Manifest, open_manifest
from casework.search.models import Segment, SegmentManifest, SegmentOfCase
from casework.search.opened import Line, Problem, Trouble, open_block
from casework.search.pack import Pack
from casework.search.packing import to_bytes
from casework.vault import DeskKeys
from casework.vault.keeping.rows import hold_epoch

#: Bytes of the tail, and the step in which other blocks grow: sizes say little of how many cards are inside.
TAIL = 16 * 1024
#: No desk saves so often. A larger number was written by somebody else, and must not use up all that follow.
_FARTHEST = 2**30


def padded(data: bytes) -> bytes:
    """Packed cards, filled with zeros up to a whole number of steps."""
    return data + bytes(-len(data) % TAIL)


def change(statement: Update | Delete) -> int:
    """Carry out a change and say how many rows it reached."""
    done: Any = db.session.execute(statement, execution_options={"synchronize_session": False})
    return int(done.rowcount)


class Shelf:
    """A desk's blocks, held for writing until the transaction ends.

    Args:
        desk: its keys, at the current epoch.

    Raises:
        Conflict: the desk's epoch moved.
    """

    def __init__(self, desk: DeskKeys) -> None:
        hold_epoch(desk.desk_id, desk.epoch)
        self.desk = desk
        self._row = _hold(desk.desk_id)
        sizes = select(
            Segment.id, Segment.seq, Segment.is_tail, Segment.rev, func.length(Segment.blob).label("size")
        )
        found = db.session.execute(sizes.where(Segment.desk_id == desk.desk_id)).all()
        self.lines = {line.id: line for line in found}
        self.problems: list[Problem] = []
        self.manifest = self._manifest()

    def _manifest(self) -> Manifest:
        try:
            manifest = open_manifest(self.desk, self._row.id, self._row.blob)
        except Refused:
            manifest = Manifest()
        if self.lines and not manifest.number:
            self.problems.append(Problem(self.desk.desk_id, Trouble.NO_MANIFEST))
        # A number that was used once is never used again, also where an older manifest was put back.
        used = (line.seq for line in self.lines.values() if line.seq <= _FARTHEST)
        manifest.number = max(manifest.number, *used, 0)
        return manifest

    def open(self, segment_id: UUID) -> Pack | None:
        """The cards of one block; None, and a problem noted, where it does not open."""
        query = select(Segment.id, Segment.seq, Segment.is_tail, Segment.rev, Segment.blob)
        line: Line = db.session.execute(query.where(Segment.id == segment_id)).one()
        found = open_block(self.desk, line, self.manifest)
        if isinstance(found, Pack):
            return found
        self.problems.append(Problem(segment_id, found))
        return None

    def add(self, pack: Pack) -> UUID:
        """Write a new block, and that its cases lie in it."""
        segment_id = uuid4()
        self._insert(segment_id, padded(to_bytes(pack)), is_tail=False)
        self._map(segment_id, pack.case_ids())
        return segment_id

    def add_tail(self, data: bytes) -> UUID:
        """Write a new tail; whatever was one before is none any more."""
        change(update(Segment).where(Segment.desk_id == self.desk.desk_id).values(is_tail=False))
        segment_id = uuid4()
        self._insert(segment_id, data, is_tail=True)
        return segment_id

    def _insert(self, segment_id: UUID, data: bytes, *, is_tail: bool) -> None:
        seq = self.manifest.next()
        blob = self.desk.seal_segment(segment_id, seq, data)
        row = {"id": segment_id, "desk_id": self.desk.desk_id, "seq": seq, "is_tail": is_tail, "rev": 1}
        db.session.execute(insert(Segment), [row | {"blob": blob}])
        self.manifest.current[segment_id] = seq

    def rewrite(self, segment_id: UUID, data: bytes) -> None:
        """Write a block anew in its place, under a new number.

        Raises:
            Conflict: somebody else wrote it meanwhile.
        """
        seq, rev = self.manifest.next(), self.lines[segment_id].rev
        blob = self.desk.seal_segment(segment_id, seq, data)
        row = update(Segment).where(Segment.id == segment_id, Segment.rev == rev)
        if change(row.values(seq=seq, rev=rev + 1, blob=blob)) != 1:
            raise Conflict
        self.manifest.current[segment_id] = seq

    def remember(self, segment_id: UUID, case_ids: Collection[UUID]) -> None:
        """Write down that cases lie in a block, where it is not written yet."""
        known = select(SegmentOfCase.case_id).where(
            SegmentOfCase.segment_id == segment_id, SegmentOfCase.case_id.in_(case_ids)
        )
        if new := set(case_ids) - set(db.session.scalars(known)):
            self._map(segment_id, new)

    def _map(self, segment_id: UUID, case_ids: Collection[UUID]) -> None:
        row = {"segment_id": segment_id, "desk_id": self.desk.desk_id}
        db.session.execute(insert(SegmentOfCase), [row | {"case_id": case_id} for case_id in case_ids])

    def forget(self, segment_ids: Collection[UUID], case_ids: Collection[UUID] | None = None) -> None:
        """Take away that cases lie in some blocks; all cases, or only some."""
        gone = delete(SegmentOfCase).where(SegmentOfCase.segment_id.in_(segment_ids))
        change(gone if case_ids is None else gone.where(SegmentOfCase.case_id.in_(case_ids)))

    def remove(self, segment_ids: Collection[UUID]) -> None:
        """Take blocks away, with all that is written about them."""
        self.forget(segment_ids)
        change(delete(Segment).where(Segment.id.in_(segment_ids)))
        for segment_id in segment_ids:
            self.manifest.current.pop(segment_id, None)

    def close(self) -> None:
        """Write the list of what is current.

        Raises:
            Conflict: somebody else wrote it meanwhile.
        """
        row = update(SegmentManifest).where(
            SegmentManifest.id == self._row.id, SegmentManifest.rev == self._row.rev
        )
        sealed = self.manifest.seal(self.desk, self._row.id)
        if change(row.values(rev=self._row.rev + 1, blob=sealed)) != 1:
            raise Conflict


def hold_manifest(desk_id: UUID) -> Any:
    """The manifest's row, held until the transaction ends; None where nothing was saved yet."""
    query = select(SegmentManifest.id, SegmentManifest.rev, SegmentManifest.blob)
    return db.session.execute(query.where(SegmentManifest.desk_id == desk_id).with_for_update()).one_or_none()


def _hold(desk_id: UUID) -> Any:
    """The same, made where there is none; of two who make it at once the second finds the first's."""
    found = hold_manifest(desk_id)
    if found is None:
        try:
            with db.session.begin_nested():
                db.session.execute(insert(SegmentManifest), [{"id": uuid4(), "desk_id": desk_id, "rev": 0}])
        except IntegrityError:
            pass
        found = hold_manifest(desk_id)
    return found
