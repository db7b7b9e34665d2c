"""Referring a case to another desk: what goes along, what became of it, taking it back."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import current_app, flash, g, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.cases import opening
from casework.cases.opening import OpenCase
from casework.errors import Invalid
from casework.evidence import service as evidence
from casework.evidence.bodies import Piece
from casework.packets import ending, news, partners, sending, terms
from casework.packets.partners import Partner
from casework.packets.terms import Wish
from casework.store import StoreAway
from casework.web import packets_shown, tokens
from casework.web.access import needs, reads_first
from casework.web.cases_shown import word
from casework.web.forms import typed
from casework.web.forms.packets import Heard, Refer
from casework.web.guard import begin_to_write
from casework.web.questions import sentence
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.evidence import store
from casework.web.views.cases.frame import back_to

Answer = Response | tuple[str, int]


@pages.get("/<ref>/packets")
@needs(Action.PACKET_SEND)
def packets(ref: str) -> str:
    """What was referred to other desks."""
    case, every = news.listing(g.actor, ref)
    return render_template(
        "cases/packets.html",
        packets=[packets_shown.went(ref, one, answer) for one, answer in every],
        new_href=url_for("cases.new_packet", ref=ref),
        closed=case.row.status == "closed",
        **back_to(case),
    )


@pages.get("/<ref>/packets/new")
@needs(Action.PACKET_SEND)
def new_packet(ref: str) -> str:
    """To which desk, and what goes along."""
    case = opening.load(g.actor, ref, Action.PACKET_SEND)
    return _new(case, _form(case))


@pages.post("/<ref>/packets/new")
@reads_first
@needs(Action.PACKET_SEND)
def send_packet(ref: str) -> Answer:
    """Send it; to a desk of another installation it goes as a file, made while it is sent."""
    case = opening.load(g.actor, ref, Action.PACKET_SEND)
    form = _form(case)
    if not form.validate():
        return _new(case, form), 422
    try:
        wish = terms.wished(
            form.partner.data,
            form.sections.data or [],
            form.files.data or [],
            form.told.data,
            form.ends_on.data,
        )
        return _send(ref, wish)
    except Invalid as refused:
        form.refuse(refused)
    except StoreAway:
        form.refuse(Invalid("The files could not be reached just now. Send once more."))
        return _new(opening.load(g.actor, ref, Action.PACKET_SEND), form), 503
    return _new(opening.load(g.actor, ref, Action.PACKET_SEND), form), 422


def _send(ref: str, wish: Wish) -> Response:
    if not partners.one(g.actor, wish.partner_id).here:
        return _file(ref, wish)
    files = sending.prepare(g.actor, store(), ref, wish)
    begin_to_write()
    packet_id = sending.send(g.actor, ref, wish, files, tokens.sent())
    flash(gettext("Sent, sealed to that desk. Below it says when they open it and what they answer."))
    return redirect(url_for("cases.packet", ref=ref, packet_id=packet_id))


def _file(ref: str, wish: Wish) -> Response:
    largest = current_app.config["CASEWORK"].largest_file
    begin_to_write()
    _, parts = sending.make_file(g.actor, store(), ref, wish, tokens.sent(), largest)
    answer = Response(parts, mimetype="application/octet-stream")
    answer.headers["Content-Disposition"] = 'attachment; filename="packet.bin"'
    return answer


@pages.get("/<ref>/packets/<uuid:packet_id>")
@needs(Action.PACKET_SEND, writes=True)
def packet(ref: str, packet_id: UUID) -> str:
    """One of them; its answer counts as seen."""
    return _one(ref, packet_id, _heard())


@pages.post("/<ref>/packets/<uuid:packet_id>/recall")
@needs(Action.PACKET_SEND)
def recall_packet(ref: str, packet_id: UUID) -> Response:
    """Take it back while nobody has accepted it."""
    try:
        ending.recall(g.actor, ref, packet_id)
        flash(gettext("Taken back. What was sent is destroyed; whoever opened it may remember it."))
    except Invalid as refused:
        flash(sentence(refused))
    return redirect(url_for("cases.packet", ref=ref, packet_id=packet_id))


@pages.post("/<ref>/packets/<uuid:packet_id>/heard")
@needs(Action.PACKET_SEND)
def heard_of_packet(ref: str, packet_id: UUID) -> Answer:
    """What came of one that left as a file."""
    form = _heard()
    if not form.validate():
        return _one(ref, packet_id, form), 422
    try:
        ending.heard(g.actor, ref, packet_id, form.outcome.data, form.note.data or "")
    except Invalid as refused:
        form.refuse(refused)
        return _one(ref, packet_id, form), 422
    flash(gettext("Saved."))
    return redirect(url_for("cases.packet", ref=ref, packet_id=packet_id))


def _form(case: OpenCase) -> Refer:
    form: Refer = typed(Refer)
    pieces = [piece for piece in evidence.listing(case).pieces if piece.original]
    form.offer(
        _told_apart(partners.ready(g.actor)),
        [(str(piece.id), _named(piece)) for piece in pieces],
    )
    return form


def _told_apart(desks: Sequence[Partner]) -> list[tuple[str, str]]:
    """Desks by name; of those that share one, each has the first digits of its code, which was read aloud."""
    often = Counter(one.name for one in desks)
    return [
        (str(one.id), f"{one.name} · {one.card.code.split()[0]}" if often[one.name] > 1 else one.name)
        for one in desks
    ]


def _named(piece: Piece) -> str:
    found = word("proofs", piece.said.what)
    return piece.said.called or (found[1] if found else "")


def _heard() -> Heard:
    form: Heard = typed(Heard)
    form.offer()
    return form


def _new(case: OpenCase, form: Refer) -> str:
    agreed = [one.name for one in partners.ready(g.actor) if terms.agreed(case, one.name)]
    return render_template(
        "cases/packet_new.html",
        form=form,
        action=url_for("cases.send_packet", ref=case.row.ref),
        form_token=tokens.for_form(),
        agreed=agreed,
        restricted=case.keys.restricted,
        consents_href=url_for("cases.consents", ref=case.row.ref),
        **_back(case),
    )


def _one(ref: str, packet_id: UUID, form: Heard) -> str:
    case, sent, answer = news.look(g.actor, ref, packet_id)
    return render_template(
        "cases/packet.html",
        packet=packets_shown.went(ref, sent, answer),
        form=form,
        closed=case.row.status == "closed",
        **_back(case),
    )


def _back(case: OpenCase) -> dict[str, Any]:
    return back_to(case) | {"back_href": url_for("cases.packets", ref=case.row.ref)}
