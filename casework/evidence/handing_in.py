"""Handing in a piece of evidence: whether it may be, whether enough is said, writing it down."""

from uuid import UUID, uuid4

from sqlalchemy import select

from casework import clock, codes
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit.events import Event
from casework.cases import gate, opening
from casework.cases.changing import CLOSED, changing
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Conflict, Invalid
from casework.evidence import bodies, numbers, sorts
from casework.evidence.bodies import Description, File, Piece
from casework.evidence.coming import Coming
from casework.evidence.examining import Examined
from casework.evidence.listing import listing
from casework.evidence.models import Attachment, StoredFile
from casework.evidence.rows import record
from casework.vault import Section

#: The grade of something that exists, and of which nobody here has anything.
NOTHING = "none"
LONGEST = {"called": 120, "place": 200, "note": 400}


def may_add(actor: Actor, ref: str, form_token: UUID) -> UUID | None:
    """Whether something may be handed in, asked before long work is done on it.

    Returns:
        The id of the piece that the same form made before; None where it is new.

    Raises:
        NotFound, Denied: not for this person.
        Invalid: the case is closed, or the person has not agreed to casework.
    """
    case = opening.load(actor, ref, Action.CASE_WORK)
    if case.row.status == CLOSED:
        raise Invalid("This case is closed. Reopen it before you change it.")
    gate.insist(case)
    return _made_before(case, form_token)


def add(actor: Actor, ref: str, file: Examined | None, said: Description, form_token: UUID) -> UUID:
    """Write down a piece of evidence whose file is in the store already.

    Args:
        actor: who hands it in.
        ref: the case's reference.
        file: what was examined and kept; None where there is nothing yet.
        said: about it.
        form_token: of the form; the same one twice makes one piece.

    Returns:
        The id of the piece.

    Raises:
        Invalid: something about it is missing, or the person has not agreed to casework.
        Conflict: the token belongs to another case.
    """
    check(said, has_file=file is not None)
    with changing(actor, ref, Action.CASE_WORK) as case:
        gate.insist(case)
        known = _made_before(case, form_token)
        return known or _new(case, file, said, form_token)


def check(said: Description, *, has_file: bool) -> None:
    """Whether enough is said, in words that exist.

    Raises:
        Invalid: with the field that it belongs to.
    """
    for name, listed in (("what", "proofs"), ("grade", "evidence_grades")):
        if getattr(said, name) not in codes.load(listed):
            raise Invalid("Please answer this one.", name)
    if said.holder and said.holder not in codes.load("documents_held_by"):
        raise Invalid("This is not one of the choices. Choose one from the list.", "holder")
    for name, most in LONGEST.items():
        if len(getattr(said, name)) > most:
            raise Invalid("This is too long: %(most)s characters at most.", name, most=most)
    if not has_file and said.grade != NOTHING:
        raise Invalid("Choose a file; or say that there is nothing yet.", "file")
    if has_file and said.grade == NOTHING:
        raise Invalid("There is a file, so there is something. Say what it is.", "grade")


def _made_before(case: OpenCase, form_token: UUID) -> UUID | None:
    row = db.session.scalar(select(Attachment).where(Attachment.form_token == form_token))
    if row is not None and row.case_id != case.id:
        raise Conflict
    return row.id if row else None


def _new(case: OpenCase, file: Examined | None, said: Description, form_token: UUID) -> UUID:
    row = Attachment(
        id=uuid4(), case_id=case.id, desk_id=case.desk_id, form_token=form_token, on=clock.today()
    )
    row.tag, row.rev = case.keys.tag(Section.EVIDENCE), 1
    number = numbers.highest(listing(case).pieces) + 1
    piece = Piece(
        id=row.id,
        rev=1,
        said=said,
        original=_file(file.original, file.sort) if file else None,
        copy=_file(file.copy, file.copy_sort) if file and file.copy else None,
        digest=file.original.digest if file else "",
        by=case.actor.user_id,
        at=clock.now(),
        number=number,
        given=number,
    )
    bodies.seal(case.keys, row, piece)
    bodies.seal_keys(case.keys, row, [one.key for one in file.files] if file else [])
    bodies.count(case.keys, row)
    db.session.add(row)
    if file:
        for one in file.files:
            db.session.add(StoredFile(id=one.file_id, case_id=case.id, desk_id=case.desk_id))
    db.session.flush()
    record(case, Event.EVIDENCE_ADDED, row)
    return row.id


def _file(coming: Coming, sort: sorts.Sort) -> File:
    return File(coming.file_id, sort.mime, coming.size)
