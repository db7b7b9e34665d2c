"""The evidence of a case: handing in files, looking at them, saying who holds the papers."""

from typing import Any
from uuid import UUID

from flask import Response, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import CombinedMultiDict, FileStorage
from werkzeug.wrappers import Response as AnyResponse

from casework.access.policy import Action
from casework.cases import arriving, opening
from casework.cases.changing import CLOSED, Differing
from casework.cases.letting_out import OFFICIAL
from casework.cases.opening import OpenCase
from casework.errors import Invalid, NotFound
from casework.evidence import examining, saving, service
from casework.evidence.bodies import Piece
from casework.evidence.coming import Coming
from casework.evidence.examining import Examined
from casework.money.account import proof, reading
from casework.store import Store, StoreAway
from casework.web import checklist_shown, evidence_shown, tokens
from casework.web.access import needs, takes_file
from casework.web.forms import typed
from casework.web.forms.evidence import ORIGINAL, HandIn, Redescribe, Save
from casework.web.guard import begin_to_write
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.frame import back_to

#: Nothing that somebody handed in may run, load or be framed, whatever it turns out to be.
_POLICY = "default-src 'none'; sandbox"


def store() -> Store:
    """Where this installation keeps its files."""
    found: Store = current_app.extensions["casework.store"]
    return found


def pieces_of(case: OpenCase, refused: bool) -> dict[str, Any]:
    """What the section of evidence says besides its questions: a line a piece, and the way to hand one in.

    Args:
        case: opened.
        refused: whether the questions' own answers do not open.
    """
    found = service.listing(case)
    add = (gettext("Add a file or a paper"), url_for("cases.new_evidence", ref=case.row.ref), "new")
    return {
        "lines": [evidence_shown.row(case, piece) for piece in found.pieces],
        "refused": refused or found.refused > 0 or not found.whole,
        "add": () if case.row.status == CLOSED else (add,),
    }


def named_pieces(case: OpenCase) -> tuple[tuple[str, str], ...]:
    """The files and papers of a case, id and name each, for a question that is answered with one."""
    found = service.listing(case).pieces
    return tuple((str(piece.id), evidence_shown.numbered(piece)) for piece in found)


@pages.get("/<ref>/evidence/new")
@needs(Action.CASE_WORK, writes=True)
def new_evidence(ref: str) -> str:
    """A form for one file, or for a paper that somebody else holds; it shows whose case it is."""
    arriving.arrive(g.actor, ref)
    form: HandIn = typed(HandIn)
    form.offer()
    form.line.data = request.args.get("line", "")
    return _form(ref, form)


@pages.post("/<ref>/evidence/new")
@takes_file
@needs(Action.CASE_WORK)
def add_evidence(ref: str) -> AnyResponse | tuple[str, int]:
    """Keep it; the same form twice keeps it once."""
    form = HandIn(CombinedMultiDict((request.files, request.form)))
    form.offer()
    if not form.validate():
        return _form(ref, form.without_file()), 422
    try:
        piece_id = _take(ref, form, tokens.sent())
    except Invalid as refused:
        form.refuse(refused)
        return _form(ref, form.without_file()), 422
    except StoreAway:
        form.refuse(
            Invalid("The file could not be kept just now. Choose it again and send once more.", "file")
        )
        return _form(ref, form), 503
    flash(gettext("Kept, sealed."))
    return redirect(url_for("cases.one_evidence", ref=ref, piece_id=piece_id))


def _take(ref: str, form: HandIn, token: UUID) -> UUID:
    """Look into the file and keep it while others write; only the row needs its turn."""
    sent, said = form.file.data, form.said
    has_file = isinstance(sent, FileStorage) and bool(sent.filename)
    known = service.may_add(g.actor, ref, token)
    if known:
        return known
    service.check(said, has_file=has_file)
    examined = _examined(sent.stream) if has_file else None
    begin_to_write()
    piece_id = service.add(g.actor, ref, examined, said, token)
    if line_id := form.line_id:
        proof.prove(g.actor, ref, piece_id, [line_id], [line_id])
    return piece_id


def _examined(stream: Coming) -> Examined:
    examined = examining.examine(stream, current_app.config["CASEWORK"].largest_file)
    examining.keep(store(), examined)
    return examined


@pages.get("/<ref>/evidence/<uuid:piece_id>")
@needs(Action.CASE_OPEN, writes=True)
def one_evidence(ref: str, piece_id: UUID) -> str:
    """What it is, and its picture where there is one."""
    return _one(*service.look(g.actor, ref, piece_id))


def _one(case: OpenCase, piece: Piece, form: Save | None = None) -> str:
    ref = case.row.ref
    return render_template(
        "cases/evidence.html",
        piece=evidence_shown.shown(ref, piece),
        facts=evidence_shown.facts(piece),
        proves=_proves(case, piece),
        copy_href=evidence_shown.href("evidence_copy", ref, piece),
        form=form or _save_form(case, piece),
        form_token=tokens.for_form(),
        save_href=evidence_shown.href("save_evidence", ref, piece) if piece.original else None,
        consents_href=url_for("cases.consents", ref=ref),
        **_doing(case, piece),
        **back_to(case) | {"back_href": _section_href(ref)},
    )


def _save_form(case: OpenCase, piece: Piece) -> Save:
    form: Save = typed(Save)
    agreed = saving.recipients(case)
    form.offer(
        [(str(one.id), evidence_shown.agreed_to(one)) for one in agreed],
        copied=piece.copy is not None,
        to_states=any(one.answer.purpose in OFFICIAL for one in agreed),
    )
    return form


def _proves(case: OpenCase, piece: Piece) -> dict[str, Any]:
    """The lines of the ledger and of the checklists that name a piece; the ledger's opening is recorded."""
    _, ledger = reading.listing(g.actor, case.row.ref)
    return {
        "lines": [evidence_shown.proved(case.row.ref, line) for line in proof.lines_of(ledger, piece)],
        "listed": checklist_shown.naming(case, piece.id),
        "checklist_href": _section_href(case.row.ref),
        "choosable": bool(proof.provable(ledger)),
    }


def _doing(case: OpenCase, piece: Piece) -> dict[str, str | None]:
    """What may be done with a piece; nothing in a case that is closed."""
    if case.row.status == CLOSED:
        return dict.fromkeys(("edit_href", "remove_href", "lines_href", "line_href", "weeks_href"))
    ref = case.row.ref
    return {
        "edit_href": evidence_shown.href("edit_evidence", ref, piece),
        "remove_href": evidence_shown.href("remove_evidence", ref, piece),
        "lines_href": evidence_shown.href("evidence_lines", ref, piece),
        "line_href": url_for("cases.money_choose", ref=ref, proof=piece.short),
        "weeks_href": url_for("cases.money_table", ref=ref, proof=piece.short),
    }


def _section_href(ref: str) -> str:
    return url_for("cases.section", ref=ref, section="evidence")


@pages.get("/<ref>/evidence/<uuid:piece_id>/copy")
@needs(Action.CASE_OPEN, writes=True)
def evidence_copy(ref: str, piece_id: UUID) -> Response:
    """A picture, on a page: the viewing copy, without notes about place and maker. Anything else is saved, not shown."""
    opened = service.open_file(g.actor, store(), ref, piece_id, original=False)
    if not opened.sort.mime.startswith("image/"):
        raise NotFound
    answer = sent_file(opened.parts, opened.sort.mime, opened.sort.ending, opened.size)
    answer.headers["Content-Disposition"] = "inline"
    return answer


@pages.post("/<ref>/evidence/<uuid:piece_id>/save")
@needs(Action.CASE_OPEN)
def save_evidence(ref: str, piece_id: UUID) -> Response | tuple[str, int]:
    """A file to be saved, once it is said for whom; it is listed with what left where it goes outside."""
    case, piece = service.look(g.actor, ref, piece_id)
    form = _save_form(case, piece)
    if not form.validate():
        return _one(case, piece, form), 422
    try:
        opened = saving.save(g.actor, store(), ref, piece_id, _wish(form, piece), tokens.sent())
    except Invalid as refused:
        form.refuse(refused)
        return _one(*service.look(g.actor, ref, piece_id), form), 422
    return sent_file(opened.parts, opened.sort.mime, opened.sort.ending, opened.size)


def _wish(form: Save, piece: Piece) -> saving.Wish:
    return saving.Wish(
        original=form.which.data == ORIGINAL,
        recipient=form.recipient.data,
        called=evidence_shown.numbered(piece),
        home_state=form.of_home_state,
    )


def sent_file(parts: Any, mime: str, ending: str, size: int) -> Response:
    """A file as an answer: to be saved, under a name that says nothing, and with nothing in it that runs.

    Args:
        parts: its bytes.
        mime, ending: what it is.
        size: in bytes.
    """
    answer = Response(parts, mimetype=mime)
    answer.headers["Content-Length"] = str(size)
    answer.headers["Content-Disposition"] = f'attachment; filename="file.{ending}"'
    answer.headers["Content-Security-Policy"] = _POLICY
    return answer


@pages.get("/<ref>/evidence/<uuid:piece_id>/edit")
@needs(Action.CASE_WORK, writes=True)
def edit_evidence(ref: str, piece_id: UUID) -> str:
    """The form with what was said before."""
    _, piece = service.look(g.actor, ref, piece_id)
    form = _redescribe()
    form.show(piece.said)
    form.rev.data = str(piece.rev)
    return _edit(ref, piece_id, form)


@pages.post("/<ref>/evidence/<uuid:piece_id>/edit")
@needs(Action.CASE_WORK)
def describe_evidence(ref: str, piece_id: UUID) -> AnyResponse | tuple[str, int]:
    """Say something else about it."""
    form = _redescribe()
    if not form.validate():
        return _edit(ref, piece_id, form), 422
    try:
        service.describe(g.actor, ref, piece_id, form.said, _number(form.rev.data))
    except Differing as differing:
        form.rev.data = str(differing.theirs.rev)
        form.form_errors.append(
            gettext(
                "Somebody else changed this meanwhile: %(theirs)s. Your words stand below; save again to keep yours.",
                theirs=", ".join(value for _, value in evidence_shown.facts(differing.theirs)[:5] if value),
            )
        )
        return _edit(ref, piece_id, form), 409
    except Invalid as refused:
        form.refuse(refused)
        return _edit(ref, piece_id, form), 422
    flash(gettext("Saved."))
    return redirect(url_for("cases.one_evidence", ref=ref, piece_id=piece_id))


@pages.post("/<ref>/evidence/<uuid:piece_id>/take-out")
@needs(Action.CASE_WORK)
def remove_evidence(ref: str, piece_id: UUID) -> AnyResponse:
    """Take it out, with its file."""
    service.remove(g.actor, ref, piece_id)
    flash(gettext("Taken out of this case."))
    return redirect(_section_href(ref))


def _redescribe() -> Redescribe:
    form: Redescribe = typed(Redescribe)
    form.offer()
    return form


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else -1


def _form(ref: str, form: HandIn) -> str:
    return render_template(
        "cases/evidence_new.html",
        action=url_for("cases.add_evidence", ref=ref),
        form=form,
        form_token=tokens.for_form(),
        **back_to(opening.load(g.actor, ref)) | {"back_href": _section_href(ref)},
    )


def _edit(ref: str, piece_id: UUID, form: Redescribe) -> str:
    return render_template(
        "cases/evidence_edit.html",
        action=url_for("cases.describe_evidence", ref=ref, piece_id=piece_id),
        form=form,
        **back_to(opening.load(g.actor, ref))
        | {"back_href": url_for("cases.one_evidence", ref=ref, piece_id=piece_id)},
    )
