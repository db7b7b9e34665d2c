"""The evidence of a case: handed in, described, looked at, taken out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from sqlalchemy import delete, select

from casework import clock, codes, queue
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import gate, opening
from casework.cases.changing import CLOSED, Differing, changing
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Conflict, Invalid, NotFound, Refused
from casework.evidence import bodies, numbers, sorts
from casework.evidence.bodies import Description, File, Piece
from casework.evidence.coming import Coming
from casework.evidence.examining import Examined
from casework.evidence.models import Attachment, StoredFile
from casework.store import Store
from casework.vault import Secret, Section, filing

#: The grade of something that exists, and of which nobody here has anything.
NOTHING = "none"
LONGEST = {"called": 120, "place": 200, "note": 400}
#: The job that deletes what no row names any more.
DELETE = "files.delete"


@dataclass(frozen=True)
class Evidence:
    """The evidence of a case.

    Attributes:
        pieces: newest first.
        refused: how many do not open.
        whole: whether these are all that was handed in, each as it was left.
    """

    pieces: tuple[Piece, ...]
    refused: int
    whole: bool = True


@dataclass(frozen=True)
class Opened:
    """A file that is being opened.

    Attributes:
        sort: what it is.
        size: in bytes.
        parts: its bytes, opened one chunk after the other.
    """

    sort: sorts.Sort
    size: int
    parts: Iterator[bytes]


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
    _record(case, Event.EVIDENCE_ADDED, row)
    return row.id


def _file(coming: Coming, sort: sorts.Sort) -> File:
    return File(coming.file_id, sort.mime, coming.size)


def _record(case: OpenCase, event: Event, row: Attachment) -> None:
    rows = audit.digest(row.body, row.keys)
    audit.record(case.actor.desk, event, case=case.keys, attachment=str(row.id), rows=rows)


def listing(case: OpenCase) -> Evidence:
    """The evidence of a case that somebody has open, newest first; the section's opening is recorded already."""
    pieces, refused = [], 0
    rows, whole = _stored(case)
    for row in rows:
        try:
            pieces.append(bodies.open_row(case.keys, row))
        except Refused:
            refused += 1
    if refused or not whole:
        case.complain(bodies.BODY.name)
    return Evidence(tuple(sorted(pieces, key=lambda one: one.at, reverse=True)), refused, whole)


def seen(case: OpenCase) -> tuple[Piece, ...]:
    """The pieces of a case for a page of another section that names them; that they were opened is recorded."""
    found = listing(case).pieces
    if found:
        audit.record(case.actor.desk, Event.SECTION_OPENED, case=case.keys, section=Section.EVIDENCE.value)
    return found


def _stored(case: OpenCase) -> tuple[Sequence[Attachment], bool]:
    """The rows, and whether they are all that was written; after an emergency ended the job took them away."""
    query = select(Attachment).where(Attachment.case_id == case.id).execution_options(populate_existing=True)
    rows, whole = case.keys.statement.stored(bodies.BODY, lambda: db.session.scalars(query).all())
    keys = [(row.id, row.keys) for row in rows]
    return rows, (whole and case.keys.statement.whole(bodies.KEYS, keys)) or (case.lapsed and not rows)


def rows_of(case: OpenCase) -> Sequence[Attachment]:
    """The rows of a case's evidence, sealed as they lie."""
    return _stored(case)[0]


def look(actor: Actor, ref: str, piece_id: UUID) -> tuple[OpenCase, Piece]:
    """One piece, to be read or changed; its files are opened by `open_file`.

    Raises:
        NotFound: this case has no such piece.
        Refused: it does not open.
    """
    case = opening.load(actor, ref)
    row = _row(case, piece_id)
    audit.record(actor.desk, Event.SECTION_OPENED, case=case.keys, section=Section.EVIDENCE.value)
    return case, bodies.open_row(case.keys, row)


def open_file(actor: Actor, store: Store, ref: str, piece_id: UUID, *, original: bool) -> Opened:
    """Open a file; each opening is one event.

    Args:
        actor: who opens it.
        store: where it lies.
        ref, piece_id: which one.
        original: as it came in, with everything that its maker left in it; else the viewing copy.

    Raises:
        NotFound: there is no such file.
        Refused: its key does not open.
    """
    case = opening.load(actor, ref)
    row = _row(case, piece_id)
    piece = bodies.open_row(case.keys, row)
    file = piece.original if original else piece.copy
    if file is None:
        raise NotFound
    key = bodies.key_of(case.keys, row, original=original)
    parts = filing.opened(key, file.id, file.size, store.get(file.id))
    audit.record(
        actor.desk, Event.EVIDENCE_OPENED, case=case.keys, attachment=str(piece_id), original=original
    )
    return Opened(sorts.named(file.mime), file.size, parts)


def to_give(case: OpenCase, piece_id: UUID) -> tuple[Piece, File, Secret]:
    """A piece with the file that somebody outside may be given, and its key: the copy for looking at, where there is one.

    Raises:
        NotFound: this case has no such piece, or it has no file.
        Refused: it does not open.
    """
    row = _row(case, piece_id)
    piece = bodies.open_row(case.keys, row)
    file = piece.copy or piece.original
    if file is None:
        raise NotFound
    return piece, file, bodies.key_of(case.keys, row, original=piece.copy is None)


def original(case: OpenCase, piece_id: UUID) -> tuple[File, Secret]:
    """The file of a piece as it came, and its key.

    Raises:
        NotFound: this case has no such piece, or it has no file.
        Refused: it does not open.
    """
    row = _row(case, piece_id)
    file = bodies.open_row(case.keys, row).original
    if file is None:
        raise NotFound
    return file, bodies.key_of(case.keys, row, original=True)


def describe(actor: Actor, ref: str, piece_id: UUID, said: Description, rev: int) -> None:
    """Say something else about a piece; its file stays as it is.

    Raises:
        Differing: somebody else did so meanwhile.
        Invalid: something is missing.
    """
    with changing(actor, ref, Action.CASE_WORK) as case:
        row = _row(case, piece_id)
        piece = bodies.open_row(case.keys, row)
        check(said, has_file=piece.original is not None)
        if rev != row.rev and said != piece.said:
            raise Differing(piece, said, rev)
        _rewrite(case, row, replace(piece, said=said))
        _record(case, Event.EVIDENCE_CHANGED, row)


def remove(actor: Actor, ref: str, piece_id: UUID) -> None:
    """Take a piece out, with its files.

    Raises:
        NotFound: this case has no such piece.
    """
    with changing(actor, ref, Action.CASE_WORK) as case:
        row = _row(case, piece_id)
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
        _rewrite(case, _row(case, newest.id), newest)


def _rewrite(case: OpenCase, row: Attachment, piece: Piece) -> None:
    """Seal what a piece says anew; its keys stay."""
    bodies.uncount(case.keys, row)
    bodies.seal(case.keys, row, piece)
    bodies.count(case.keys, row)
    db.session.flush()


def _row(case: OpenCase, piece_id: UUID) -> Attachment:
    wanted = select(Attachment).where(Attachment.id == piece_id, Attachment.case_id == case.id)
    row = db.session.scalar(wanted.execution_options(populate_existing=True))
    if row is None:
        raise NotFound
    return row
