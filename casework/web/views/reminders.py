"""What reaches one's own phone from outside: the address of a calendar, and mail."""

from datetime import timedelta

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from casework import post
from casework.access.policy import Action, Role
from casework.errors import Invalid
from casework.reminders import feed, wishes
from casework.web import kept, languages
from casework.web.access import needs
from casework.web.forms import typed
from casework.web.forms.reminders import Mail
from casework.web.signed import doorway

pages = Blueprint("reminders", __name__, url_prefix="/desk/<desk>/reminders")

#: As long as somebody needs to bring an address into their phone.
_SHOWN = timedelta(minutes=15)


@pages.get("/")
@needs(Action.REMINDER_SET)
def page() -> str:
    """What there is, and what it tells to whom."""
    wish = wishes.of(doorway().secret, g.actor)
    form = _form()
    if not form.address.data:
        form.begin(wish, g.desk.zone)
    return _page(form)


@pages.post("/calendar")
@needs(Action.REMINDER_SET)
def make_calendar() -> Response:
    """A new address; the one from before ends."""
    view = kept.keep("calendar", {"secret": feed.make(g.actor)}, _SHOWN)
    return redirect(url_for("reminders.page", v=view))


@pages.post("/calendar/end")
@needs(Action.REMINDER_SET)
def end_calendar() -> Response:
    """End the address."""
    feed.end(g.actor)
    flash(
        gettext(
            "The address has ended. Take the calendar out of your phone as well: it may keep what it saw."
        )
    )
    return redirect(url_for("reminders.page"))


@pages.post("/mail")
@needs(Action.REMINDER_SET)
def ask_for_mail() -> Response | tuple[str, int]:
    """Mail from now on, or another address or other hours."""
    form = _form()
    if not form.validate():
        return _page(form), 422
    try:
        wishes.put(doorway().secret, g.actor, form.wish(languages.current()))
    except Invalid as refused:
        form.refuse(refused)
        return _page(form), 422
    flash(
        gettext(
            "Kept. To a new address a first mail is on its way: if it does not come, look at the address again."
        )
    )
    return redirect(url_for("reminders.page"))


@pages.post("/mail/end")
@needs(Action.REMINDER_SET)
def end_mail() -> Response:
    """No more mail."""
    wishes.end(g.actor)
    flash(gettext("No more mail. Your address is gone from this server."))
    return redirect(url_for("reminders.page"))


def _form() -> Mail:
    form: Mail = typed(Mail)
    form.offer(coordinator=g.actor.role is Role.COORDINATOR)
    return form


def _page(form: Mail) -> str:
    secret = kept.recall("calendar", request.args.get("v")).get("secret")
    server = post.connect(current_app.config["CASEWORK"].mail_url)
    return render_template(
        "reminders/page.html",
        since=feed.since(g.actor),
        address=_address(secret),
        form=form,
        mailed=wishes.of(doorway().secret, g.actor) is not None,
        # "off": no mail is sent here; "folder": it goes to nobody; "on".
        mail="off" if server is None else "on" if server.leaves else "folder",
    )


def _address(secret: str | None) -> str | None:
    if secret is None:
        return None
    return url_for("calendar.read", language=languages.current(), secret=secret, _external=True)
