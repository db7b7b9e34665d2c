"""What somebody began, given back: on the form that it belongs to, and on their day.

A form is filled from a draft by its own address with `?draft=` and an id that says nothing. That only
shows it: nothing is ever sent by itself.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from flask import current_app, g, request, url_for
from flask_babel import format_datetime, gettext
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from casework import clock
from casework.cases.values import Texts
from casework.drafts import service as drafts
from casework.drafts.service import Kept
from casework.errors import NotFound
from casework.vault import late
from casework.vault import session as sealed_session
from casework.web import csrf
from casework.web.cases_shown import moment

#: What a page of a form is called by, and whose it is; see `web.drafting`.
PAGE, OWNER = "draft_page", "draft_owner"
#: A page counts as its owner's for a day after their session's end at the latest.
_AFTER = timedelta(days=1)


def resumed() -> Kept | None:
    """The draft that this page goes on from; None for any other page."""
    if "resumed" not in g:
        g.resumed = _resumed()
    found: Kept | None = g.resumed
    return found


def _resumed() -> Kept | None:
    wanted = request.args.get("draft", type=UUID)
    if wanted is None or request.method != "GET" or g.get("actor") is None:
        return None
    with suppress(NotFound):
        kept = drafts.get(g.actor, wanted)
        if kept.written.address == request.path:
            return kept
    return None


def texts() -> Texts | None:
    """What the form of this page is filled with, in place of what is stored; None where nothing was begun."""
    kept = resumed()
    return dict(kept.written.texts) if kept else None


def form() -> MultiDict[str, str] | None:
    """The form as it was sent, or as it is given back; None for a page that nobody filled yet."""
    if request.method == "POST":
        return request.form
    kept = resumed()
    return MultiDict(dict(kept.written.texts)) if kept else None


def shown() -> MultiDict[str, str]:
    """The same for templates, which ask it for single answers."""
    return MultiDict() if (found := form()) is None else found


def here() -> str:
    """A mark of this session, by which a page knows whether a draft comes from another one."""
    return sealed_session.sid_of(g.session_secret).hex()[:16]


@dataclass(frozen=True)
class Line:
    """A draft as a page shows it.

    Attributes:
        what: which form it is of, in words; a reference beside it.
        when: in words.
        elsewhere: whether another session kept it.
        late: whether it came after its session had ended.
        href: where to go on; None where there is no such form any more.
        read_href, discard_href: reading it as it is, and throwing it away.
    """

    what: str
    when: str
    elsewhere: bool
    late: bool
    href: str | None
    read_href: str
    discard_href: str

    @property
    def sentence(self) -> str:
        """What it is, on somebody's day."""
        said = {"what": self.what, "when": self.when}
        if self.late:
            return str(gettext("%(what)s: sent at %(when)s after your session had ended. Look at it", **said))
        if self.elsewhere:
            return str(gettext("%(what)s: begun at %(when)s on another device. Go on", **said))
        return str(gettext("%(what)s: begun at %(when)s. Go on", **said))


def line(kept: Kept) -> Line:
    """A draft as a page shows it."""
    what, address = _form_of(kept)
    return Line(
        what=what,
        when=_when(kept.written.at),
        elsewhere=kept.written.where != here(),
        late=kept.late,
        href=f"{address}?draft={kept.id}" if address else None,
        read_href=url_for("drafts.one", draft_id=kept.id),
        discard_href=url_for("drafts.throw_away", draft_id=kept.id),
    )


def _form_of(kept: Kept) -> tuple[str, str | None]:
    """What the form of a draft is called, and its address, if there is such a form at this desk."""
    address = kept.written.address
    try:
        endpoint, named = current_app.create_url_adapter(request).match(address, method="POST")  # type: ignore[union-attr] # in a request there is one
    except HTTPException:
        return str(gettext("A form")), None
    words = getattr(current_app.view_functions[endpoint], "access", None)
    if words is None or words.draft is None or named.get("desk") != g.desk.code:
        return str(gettext("A form")), None
    return " · ".join([str(words.draft), *([named["ref"]] if "ref" in named else ())]), address


def _when(at: datetime) -> str:
    """The time; the day too, where it was another one."""
    if at.date() == clock.today():
        return str(format_datetime(at, "HH:mm"))
    return moment(at)


class Drafted:
    """What `pieces/drafts.html` asks about the form of this page."""

    @property
    def resumed(self) -> Line | None:
        """What this page goes on from."""
        kept = resumed()
        return line(kept) if kept else None

    @property
    def offers(self) -> list[Line]:
        """What was begun here before, and is not on this page."""
        if request.method != "GET" or resumed() is not None:
            return []
        return [line(one) for one in drafts.listing(g.actor) if one.written.address == request.path]

    @cached_property
    def page(self) -> UUID:
        """The token of this page; one that goes on from a draft, or is shown again, keeps it."""
        kept = resumed()
        if kept is not None:
            return kept.written.page
        return request.form.get(PAGE, type=UUID) or uuid4()

    @property
    def owner(self) -> str:
        """Whose page it is, readable by this server alone."""
        return late.owner_token(
            current_app.config["CASEWORK"].secret,
            g.session_secret,
            csrf.FORM,
            self.page,
            g.actor.person,
            current_user.session.ends_at + _AFTER,
        )


def names() -> dict[str, Any]:
    """What templates may use."""
    return {"drafted": Drafted, "typed_form": shown}
