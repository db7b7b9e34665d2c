"""What a piece of evidence proves, and looking at it closely."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.errors import Invalid, NotFound
from casework.evidence import service
from casework.money.account import proof, reading
from casework.web import evidence_shown
from casework.web.access import needs
from casework.web.pages_of import Pages
from casework.web.questions import sentence
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.frame import back_to

_LINES = 40


@pages.get("/<ref>/evidence/<uuid:piece_id>/large")
@needs(Action.CASE_OPEN, writes=True)
def large_evidence(ref: str, piece_id: UUID) -> str:
    """A picture as large as its copy is, to be moved about; a link, so that it works without a script."""
    case, piece = service.look(g.actor, ref, piece_id)
    if not evidence_shown.is_picture(piece):
        raise NotFound
    return render_template(
        "cases/evidence_large.html",
        piece=evidence_shown.shown(ref, piece),
        copy_href=evidence_shown.href("evidence_copy", ref, piece),
        **back_to(case) | {"back_href": evidence_shown.href("one_evidence", ref, piece)},
    )


@pages.get("/<ref>/evidence/<uuid:piece_id>/lines")
@needs(Action.CASE_WORK, writes=True)
def evidence_lines(ref: str, piece_id: UUID) -> str:
    """The lines of the ledger, and which of them this proves; opening it is recorded."""
    return _page(ref, piece_id, "")


@pages.post("/<ref>/evidence/<uuid:piece_id>/lines")
@needs(Action.CASE_WORK)
def prove_lines(ref: str, piece_id: UUID) -> Response | tuple[str, int]:
    """Say which of the lines that the page showed it proves."""
    shown = request.form.getlist("shown", type=UUID)
    chosen = request.form.getlist("lines", type=UUID)
    try:
        changed = proof.prove(g.actor, ref, piece_id, shown, chosen)
    except Invalid as refused:
        return _page(ref, piece_id, sentence(refused), chosen), 422
    flash(ngettext("%(num)s line changed.", "%(num)s lines changed.", changed))
    return redirect(url_for("cases.one_evidence", ref=ref, piece_id=piece_id))


def _page(ref: str, piece_id: UUID, error: str, typed: list[UUID] | None = None) -> str:
    case, piece = service.look(g.actor, ref, piece_id)
    _, ledger = reading.listing(g.actor, ref)
    proved = typed if typed is not None else [line.id for line in proof.lines_of(ledger, piece)]
    every = proof.provable(ledger)
    part = Pages(len(every), _LINES, request.args.get("page", 1, type=int))
    return render_template(
        "cases/evidence_lines.html",
        title=evidence_shown.title(piece),
        action=url_for("cases.prove_lines", ref=ref, piece_id=piece_id),
        error=error,
        lines=[
            evidence_shown.proved(ref, line) | {"chosen": line.id in proved}
            for line in every[part.first : part.last]
        ],
        pager=part.links(
            lambda number: url_for("cases.evidence_lines", ref=ref, piece_id=piece_id, page=number)
        ),
        help=gettext(
            "A pay period stands for all that belongs to it: its hours, its money, what was taken off."
        ),
        **back_to(case) | {"back_href": evidence_shown.href("one_evidence", ref, piece)},
    )
