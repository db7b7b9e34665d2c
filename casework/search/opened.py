"""Reading a desk's cards: every sealed block opened once, whatever does not open set aside and named."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Integer, false, literal, select, union_all

from casework.db import db
from casework.errors import Refused
from casework.search.manifest import Manifest, open_manifest
from casework.search.models import Segment, SegmentManifest, SegmentOfCase
from casework.search.pack import Pack
from casework.search.packing import from_bytes
from casework.vault import DeskKeys

_MANIFEST, _SEGMENT = 0, 1
#: A row of the database: id, seq, is_tail, rev, blob.
Line = Any


class Trouble(StrEnum):
    """What is wrong with a part of the cards."""

    #: A case was erased without keys; its neighbours' cards have to be made anew. No alarm.
    ERASED = "erased"
    #: Named as current, but not there.
    GONE = "gone"
    #: It does not open, or is not what was packed.
    BROKEN = "broken"
    #: It opens, but is older or newer than what is current.
    OTHER_TIME = "other time"
    #: It is there, but not among the current ones.
    UNKNOWN = "unknown"
    #: The list of current segments does not open.
    NO_MANIFEST = "no manifest"


@dataclass(frozen=True)
class Problem:
    """Something that was set aside.

    Attributes:
        segment_id: which block; the desk's id for the manifest.
        trouble: what is wrong with it.
    """

    segment_id: UUID
    trouble: Trouble


@dataclass(frozen=True)
class Opened:
    """The cards of a desk, as far as they open.

    Attributes:
        pack: all cards, older ones of a case among them: see `Pack.newest`.
        problems: what was set aside.
        missing: cases whose card is to be made anew, as far as is known; see `lacking`.
    """

    pack: Pack
    problems: tuple[Problem, ...] = ()
    missing: tuple[UUID, ...] = ()

    @cached_property
    def _known(self) -> frozenset[UUID]:
        return frozenset(self.pack.case_ids())

    def lacking(self, case_ids: Iterable[UUID]) -> list[UUID]:
        """Which of some cases have no card, for whoever knows all cases of the desk."""
        return [case_id for case_id in case_ids if case_id not in self._known]


@dataclass(frozen=True)
class Blocks:
    """The sealed blocks of a desk as they stand in the database.

    Attributes:
        manifest: what is current.
        packs: the blocks that open and are current, by segment.
        lines: the rows of all segments.
        problems: what was set aside.
    """

    manifest: Manifest
    packs: dict[UUID, Pack]
    lines: dict[UUID, Line]
    problems: tuple[Problem, ...]


def read_blocks(desk: DeskKeys) -> Blocks:
    """Read and open all blocks of a desk.

    One statement reads manifest and segments, so that a save in between is no alarm.
    """
    rows = db.session.execute(_everything(desk.desk_id)).all()
    lines = {row.id: row for row in rows if row.what == _SEGMENT}
    manifest, problems = _manifest(desk, [row for row in rows if row.what == _MANIFEST], lines)
    packs: dict[UUID, Pack] = {}
    for line in lines.values():
        found = open_block(desk, line, manifest)
        if isinstance(found, Pack):
            packs[line.id] = found
        else:
            problems.append(Problem(line.id, found))
    problems += [Problem(segment, Trouble.GONE) for segment in manifest.current if segment not in lines]
    return Blocks(manifest, packs, lines, tuple(problems))


def _everything(desk_id: UUID) -> CompoundSelect[Any]:
    manifest = select(
        literal(_MANIFEST, Integer).label("what"),
        SegmentManifest.id,
        literal(0, Integer).label("seq"),
        false().label("is_tail"),
        SegmentManifest.rev,
        SegmentManifest.blob,
    ).where(SegmentManifest.desk_id == desk_id)
    segments = select(
        literal(_SEGMENT, Integer), Segment.id, Segment.seq, Segment.is_tail, Segment.rev, Segment.blob
    ).where(Segment.desk_id == desk_id)
    return union_all(manifest, segments)


def _manifest(desk: DeskKeys, rows: list[Line], lines: Collection[UUID]) -> tuple[Manifest, list[Problem]]:
    broken = [Problem(desk.desk_id, Trouble.NO_MANIFEST)]
    if not rows:
        return Manifest(), broken if lines else []
    try:
        manifest = open_manifest(desk, rows[0].id, rows[0].blob)
    except Refused:
        return Manifest(), broken
    return manifest, broken if lines and not manifest.number else []


def open_block(desk: DeskKeys, line: Line, manifest: Manifest) -> Pack | Trouble:
    """One block, or what is wrong with it."""
    if line.blob is None:
        return Trouble.ERASED
    try:
        pack = from_bytes(desk.open_segment(line.id, line.seq, line.blob))
    except (Refused, ValueError):
        return Trouble.BROKEN
    if line.id not in manifest.current:
        return Trouble.UNKNOWN
    return pack if manifest.current[line.id] == line.seq else Trouble.OTHER_TIME


def open_cards(desk: DeskKeys) -> Opened:
    """All cards of a desk.

    Args:
        desk: its keys.
    """
    blocks = read_blocks(desk)
    aside = [problem.segment_id for problem in blocks.problems]
    return Opened(Pack.join(list(blocks.packs.values())), blocks.problems, cases_of(aside))


def erased_blocks(desk_id: UUID) -> bool:
    """Whether blocks of a desk went with an erased case and were not made anew yet; no key is needed to see it.

    Args:
        desk_id: whose cards they are.
    """
    query = select(Segment.id).where(Segment.desk_id == desk_id, Segment.blob.is_(None)).limit(1)
    return db.session.scalar(query) is not None


def cases_of(segment_ids: Collection[UUID]) -> tuple[UUID, ...]:
    """The cases with a card in some segments."""
    if not segment_ids:
        return ()
    query = select(SegmentOfCase.case_id).where(SegmentOfCase.segment_id.in_(segment_ids)).distinct()
    return tuple(db.session.scalars(query.order_by(SegmentOfCase.case_id)))
