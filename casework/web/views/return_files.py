"""Returns between installations, as files: announced, made, brought in."""

from uuid import UUID

from flask import Blueprint, flash, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import CombinedMultiDict, FileStorage
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.errors import Invalid
from casework.trends import bringing, elsewhere, files, windows
from casework.web.access import needs, takes_file
from casework.web.forms.trends import FromElsewhere
from casework.web.guard import begin_to_write
from casework.web.trends_shown import days_of

pages = Blueprint("return_files", __name__, url_prefix="/desk/<desk>")

Answer = Response | tuple[str, int]


@pages.get("/returns/elsewhere")
@needs(Action.TREND_RETURN, network=True)
def elsewhere_page() -> str:
    """What this desk has made for other networks, and a form for the next file."""
    return _desk(FromElsewhere())


@pages.post("/returns/elsewhere")
@takes_file
@needs(Action.TREND_RETURN, network=True)
def make() -> Answer:
    """The return of this desk for another network, as a file."""
    form = _sent()
    if not form.validate():
        return _desk(form), 422
    try:
        announced = files.read_announcement(_bytes(form))
        begin_to_write()
        found = elsewhere.make(g.actor, announced, form.digits.data)
    except Invalid as refused:
        form.refuse(refused)
        return _desk(form), 422
    return _file(found.to_bytes(), "return.casework")


@pages.get("/windows/<uuid:window_id>/elsewhere")
@needs(Action.TREND_STEWARD)
def window_page(window_id: UUID) -> str:
    """A window for other installations: its announcement, and what came back."""
    return _network(window_id, FromElsewhere())


@pages.get("/windows/<uuid:window_id>/announcement")
@needs(Action.TREND_STEWARD)
def announcement(window_id: UUID) -> Response:
    """The announcement, as a file."""
    try:
        return _file(bringing.announcement(g.actor, window_id).to_bytes(), "window.casework")
    except Invalid:
        return redirect(url_for("return_files.window_page", window_id=window_id))


@pages.post("/windows/<uuid:window_id>/elsewhere")
@takes_file
@needs(Action.TREND_STEWARD)
def bring(window_id: UUID) -> Answer:
    """A return that came as a file."""
    form = _sent()
    if not form.validate():
        return _network(window_id, form), 422
    try:
        found = files.read_return(_bytes(form))
        begin_to_write()
        bringing.bring(g.actor, window_id, found, form.digits.data)
    except Invalid as refused:
        form.refuse(refused)
        return _network(window_id, form), 422
    flash(gettext("Taken in. It is opened with the others, when the figures are made."))
    return redirect(url_for("return_files.window_page", window_id=window_id))


def _sent() -> FromElsewhere:
    return FromElsewhere(CombinedMultiDict((request.files, request.form)))


def _bytes(form: FromElsewhere) -> bytes:
    sent = form.file.data
    if not isinstance(sent, FileStorage) or not sent.filename:
        raise Invalid("Please answer this one.", "file")
    raw = sent.stream.read(files.LARGEST + 1)
    if len(raw) > files.LARGEST:
        raise files.broken()
    return raw


def _desk(form: FromElsewhere) -> str:
    lines = [
        {"days": days_of(one.window), "number": one.number, "code": one.code, "stale": one.stale and not one.window.closed}
        for one in elsewhere.made(g.actor)
    ]  # fmt: skip
    return render_template("trends/elsewhere.html", lines=lines, form=form)


def _network(window_id: UUID, form: FromElsewhere) -> str:
    window = windows.get(g.actor.desk.state, window_id)
    try:
        code = bringing.announcement(g.actor, window_id).code
    except Invalid:
        code = ""
    return render_template(
        "trends/from_elsewhere.html",
        window_id=window_id,
        days=days_of(window),
        code=code,
        taking=window.taking,
        brought=bringing.brought(g.actor, window_id),
        form=form,
    )


def _file(content: bytes, name: str) -> Response:
    answer = make_response(content)
    answer.headers["Content-Type"] = "application/octet-stream"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
