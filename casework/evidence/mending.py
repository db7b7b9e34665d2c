"""Saying something else about a piece of evidence, and taking one out."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import delete

from casework import queue
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases.changing import Differing, changing
from casework.cases.opening import OpenCase
from casework.db import db
from casework.evidence import bodies, numbers
from casework.evidence.bodies import Description, Piece
from casework.evidence.handing_in import check
from casework.evidence.listing import listing
from casework.evidence.models import Attachment, StoredFile
from casework.evidence.rows import record, row_of

#: The job that deletes what no row names any more.
DELETE = "files.delete"


def describe(actor: Actor, ref: str, piece_id: UUID, said: Description, rev: int) -> None:
    """Say something else about a piece; its file stays as it is.

    Raises:
        Differing: somebody else did so meanwhile.
        Invalid: something is missing.
    """
    with changing(actor, ref, Action.CASE_WORK) as case:
        row = row_of(case, piece_id)
        piece = bodies.open_row(case.keys, row)
        check(said, has_file=piece.original is not None)
        if rev != row.rev and said != piece.said:
            raise Differing(piece, said, rev)
        _rewrite(case, row, replace(piece, said=said))
        record(case, Event.EVIDENCE_CHANGED, row)


def remove(actor: Actor, ref: str, piece_id: UUID) -> None:
    """Take a piece out, with its files.

    Raises:
        NotFound: this case has no such piece.
    """
    with changing(actor, ref, Action.CASE_WORK) as case:
        row = row_of(case, piece_id)
        piece = bodies.open_row(case.keys, row)
        files = [one.id for one in (piece.original, piece.copy) if one]
        _pass_on(case, piece)
        bodies.uncount(case.keys, row)
        db.session.delete(row)
        db.session.execute(delete(StoredFile).where(StoredFile.id.in_(files)))
        if files:
            queue.enqueue(DELETE, *files)
        audit.record(actor.desk, Event.EVIDENCE_REMOVED, case=case.keys, attachment=str(piece_id))


def _pass_on(case: OpenCase, leaving: Piece) -> None:
    """Let the newest of the other pieces know which number was the highest, so that none is given twice."""
    if newest := numbers.heir(listing(case).pieces, leaving):
        _rewrite(case, row_of(case, newest.id), newest)


def _rewrite(case: OpenCase, row: Attachment, piece: Piece) -> None:
    """Seal what a piece says anew; its keys stay."""
    bodies.uncount(case.keys, row)
    bodies.seal(case.keys, row, piece)
    bodies.count(case.keys, row)
    db.session.flush()
