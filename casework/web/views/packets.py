"""What other desks refer to this one: seen, opened, accepted, declined, answered; and packets that come as a file."""

from typing import Any, BinaryIO, cast
from uuid import UUID

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import CombinedMultiDict, FileStorage
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.errors import Invalid, Refused
from casework.packets import accepting, arriving, importing
from casework.store import StoreAway
from casework.web import packets_shown
from casework.web.access import needs, reads_first, takes_file
from casework.web.cases_shown import staff
from casework.web.forms import Form, typed
from casework.web.forms.packets import Accept, BringPacket, Decline, Heard
from casework.web.guard import begin_to_write
from casework.web.questions import sentence
from casework.web.views.cases.evidence import store

pages = Blueprint("packets", __name__, url_prefix="/desk/<desk>/packets")

Answer = Response | str | tuple[str, int]


@pages.get("/")
@needs(Action.PACKET_RECEIVE)
def listing() -> str:
    """Everything that came, what waits first."""
    return _listing(BringPacket())


@pages.post("/")
@takes_file
@needs(Action.PACKET_IMPORT)
def bring() -> Answer:
    """A packet that came as a file: checked whole, then among what waits."""
    form = BringPacket(CombinedMultiDict((request.files, request.form)))
    sent = form.file.data
    try:
        brought = importing.prepare(g.actor, store(), _stream(sent))
        begin_to_write()
        importing.keep(g.actor, brought)
    except Invalid as refused:
        form.refuse(refused)
        return _listing(form), 422
    except StoreAway:
        form.refuse(
            Invalid("The file could not be kept just now. Choose it again and send once more.", "file")
        )
        return _listing(form), 503
    flash(gettext("It is whole, and waits below."))
    return redirect(url_for("packets.one", packet_id=brought.head.place.packet_id))


def _stream(sent: object) -> BinaryIO:
    if not isinstance(sent, FileStorage) or not sent.filename:
        raise Invalid("Please answer this one.", "file")
    return cast("BinaryIO", sent.stream)


@pages.get("/<uuid:packet_id>")
@needs(Action.PACKET_RECEIVE)
def one(packet_id: UUID) -> str:
    """One packet, closed as it lies."""
    return _one(packet_id)


@pages.get("/<uuid:packet_id>/open")
@needs(Action.PACKET_RECEIVE, writes=True)
def open_packet(packet_id: UUID) -> Answer:
    """What it holds; opening it is recorded, and the desk that sent it sees when."""
    try:
        return _open(packet_id, typed(Accept), Decline())
    except Invalid as refused:
        flash(sentence(refused))
    except Refused:
        flash(gettext("It does not open: it was changed, or nobody of that desk signed it. Speak to them."))
    return redirect(url_for("packets.one", packet_id=packet_id))


@pages.post("/<uuid:packet_id>/accept")
@reads_first
@needs(Action.PACKET_RECEIVE)
def accept(packet_id: UUID) -> Answer:
    """Log a case from it."""
    form = _accept()
    if not form.validate():
        return _open(packet_id, form, Decline()), 422
    try:
        ready = accepting.prepare(g.actor, store(), packet_id, current_app.config["CASEWORK"].largest_file)
        begin_to_write()
        second = UUID(form.second.data) if form.second.data else None
        ref = accepting.accept(g.actor, packet_id, ready, take=bool(form.take.data), second=second)
    except Invalid as refused:
        return _refused(packet_id, form, refused)
    if ready.lost:
        flash(gettext("Some files could not be kept here. Ask the other desk to send them in another form."))
    flash(_accepted(packet_id))
    return redirect(url_for("cases.page", ref=ref))


def _accepted(packet_id: UUID) -> str:
    if arriving.look(g.actor, packet_id).by_file:
        return str(
            gettext("Accepted. This is your case now. Tell the other desk: nothing goes back by itself.")
        )
    return str(
        gettext("Accepted. This is your case now; the other desk is told. Ask the person whether they agree.")
    )


def _declined(packet_id: UUID) -> str:
    if arriving.look(g.actor, packet_id).by_file:
        return str(
            gettext(
                "Declined; what they sent is destroyed. Tell the other desk: nothing goes back by itself."
            )
        )
    return str(gettext("Declined. The other desk reads why; what they sent is destroyed."))


def _refused(packet_id: UUID, form: Form, refused: Invalid) -> Answer:
    """A field's own problem stands beside it; anything else is said where the packet lies closed."""
    if refused.field in form.data:
        form.refuse(refused)
        return _open(packet_id, form, Decline()), 422
    flash(sentence(refused))
    return redirect(url_for("packets.one", packet_id=packet_id))


@pages.post("/<uuid:packet_id>/decline")
@needs(Action.PACKET_RECEIVE)
def decline(packet_id: UUID) -> Answer:
    """Say no."""
    form: Decline = typed(Decline)
    if not form.validate():
        return _one(packet_id, decline=form), 422
    try:
        arriving.decline(g.actor, packet_id, form.reason.data)
        flash(_declined(packet_id))
    except Invalid as refused:
        flash(sentence(refused))
    return redirect(url_for("packets.one", packet_id=packet_id))


@pages.post("/<uuid:packet_id>/tell")
@needs(Action.PACKET_RECEIVE)
def tell(packet_id: UUID) -> Answer:
    """Tell the other desk what came of it."""
    form = _heard()
    if not form.validate():
        return _one(packet_id, heard=form), 422
    accepting.tell(g.actor, packet_id, form.outcome.data, form.note.data or "")
    flash(gettext("Sent to them, sealed."))
    return redirect(url_for("packets.one", packet_id=packet_id))


def _listing(form: BringPacket) -> str:
    every = [packets_shown.arrived(line) for line in arriving.listing(g.actor)]
    return render_template("packets/arrived.html", packets=every, form=form)


def _one(packet_id: UUID, decline: Decline | None = None, heard: Heard | None = None) -> str:
    line = arriving.look(g.actor, packet_id)
    return render_template(
        "packets/one.html",
        packet=packets_shown.arrived(line),
        decline=(decline or Decline()).of(by_file=line.by_file),
        heard=heard or _heard(),
    )


def _open(packet_id: UUID, form: Accept, decline: Decline) -> str:
    found = arriving.read(g.actor, packet_id)
    form.offer(_others())
    line = arriving.look(g.actor, packet_id)
    return render_template(
        "packets/opened.html",
        packet=packets_shown.arrived(line),
        found=packets_shown.opened(found),
        form=form,
        decline=decline.of(by_file=line.by_file),
    )


def _accept() -> Accept:
    form: Accept = typed(Accept)
    form.offer(_others())
    return form


def _others() -> list[tuple[str, Any]]:
    return [(str(one.user_id), one.name or "?") for one in staff() if one.user_id != g.actor.user_id]


def _heard() -> Heard:
    form: Heard = typed(Heard)
    form.offer()
    return form
