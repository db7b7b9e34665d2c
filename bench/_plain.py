"""The same two pages over plain columns: what an ordinary Flask application would do to show them.

It renders the very templates of the house, says codes and days in the same words, stands on the same
SQLite engine with the same settings, logs its requests alike. What differs is the storage: columns with
ORDER BY, LIMIT and COUNT in place of sealed blocks, and Flask's signed cookie with the person's id in it
in place of a session whose key only the cookie carries. Nothing is encrypted, nothing is verified.
"""

import secrets
from types import SimpleNamespace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Flask, abort, current_app, g, render_template, request, session, url_for
from flask.testing import FlaskClient
from flask_babel import gettext
from itsdangerous import URLSafeTimedSerializer
from markupsafe import Markup
from sqlalchemy import func, select

from bench._plain_tables import Case, Consent, Desk, Event, Member, Part, Person, Respondent, plain
from casework import clock, log
from casework.access.actor import Actor
from casework.cases import consenting, gate
from casework.cases.asking import Section, asked, section_named
from casework.db import READ_ONLY
from casework.people.answers import CASEWORK
from casework.settings import ROOT, Settings
from casework.vault import Role
from casework.web import cases_shown, context, dates_shown, headers, languages, questions, views
from casework.web.forms.lists import ListForm
from casework.web.lists_shown import row
from casework.web.pages_of import Pages
from casework.web.views.cases.frame import show
from casework.web.views.cases.sections import ways_on

_STAFF = (Role.VOLUNTEER.value, Role.COORDINATOR.value)


def create_app(settings: Settings, database_url: str) -> Flask:
    """The plain application.

    Args:
        settings: of the real one, for what templates say.
        database_url: of its own SQLite file.
    """
    app = Flask(
        "casework", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "casework/web/static")
    )
    app.config.update(
        CASEWORK=settings, SECRET_KEY=settings.secret, SQLALCHEMY_DATABASE_URI=database_url, RECORDS=True
    )
    log.install(app)
    plain.init_app(app)
    headers.install(app, https=False)
    languages.install(app)
    # The addresses of the house, so that links are the same; two of the pages behind them are ours here.
    views.install(app)
    app.view_functions["cases.listing"] = listing
    app.view_functions["cases.section"] = section
    app.context_processor(_names)
    _take_the_column_for_the_date()
    _take_the_rows_for_the_consents()
    app.url_defaults(context.stay_at_desk)
    return app


def _take_the_column_for_the_date() -> None:
    """The head of a page asks the room of dates for the next one; here it is a column that was read already."""
    sealed = dates_shown.next_due

    def next_due(case: Any) -> Any:
        if isinstance(case, PlainCase):
            here = clock.now().astimezone(ZoneInfo(case.due_zone or "UTC")).date()
            return dates_shown.due_day(case.due, today=here) if case.due else None
        return sealed(case)

    vars(cases_shown)["next_due"] = next_due


def _take_the_rows_for_the_consents() -> None:
    """A page says where something is kept that nobody agreed to; here the answers are rows that can be read."""
    sealed = consenting.unasked

    def unasked(case: Any) -> bool:
        if not isinstance(case, PlainCase):
            return sealed(case)
        kept = (case.section(section).values for section in (Section.IDENTITY, Section.SAFETY))
        if not any(value for values in kept for value in values.values()):
            return False
        told = plain.session.scalars(select(Consent.answer).where(Consent.case_id == case.id))
        return not any(one["purpose"] == CASEWORK and one.get("given") for one in told)

    vars(consenting)["unasked"] = unasked
    sealed_no = gate.unwanted

    def unwanted(case: Any) -> bool:
        if not isinstance(case, PlainCase):
            return sealed_no(case)
        told = plain.session.scalars(select(Consent.answer).where(Consent.case_id == case.id))
        return any(one["purpose"] in (CASEWORK, gate.CONTACT) and not one.get("given") for one in told)

    vars(gate)["unwanted"] = unwanted


def browser(app: Flask, person_id: UUID | str) -> FlaskClient:
    """A browser in which somebody is signed in: Flask's own cookie says who.

    Args:
        app: the plain application.
        person_id: of its table of persons.
    """
    client = app.test_client()
    with client.session_transaction() as kept:
        kept["person"], kept["csrf"] = str(person_id), secrets.token_hex(20)
    return client


def forget_connections(app: Flask) -> None:
    """Close the database."""
    with app.app_context():
        plain.engine.dispose()


def _names() -> dict[str, Any]:
    return {
        "actor": g.actor,
        "person": g.person,
        "desk": g.desk,
        "desks": _desks(g.person.id),
        "csrf_field": _csrf_field,
        "may": context.may,
        **context.surroundings(),
    }


def _csrf_field() -> Markup:
    """As Flask-WTF makes it: a secret of the session, signed with the time."""
    if "csrf" not in g:
        g.csrf = URLSafeTimedSerializer(current_app.secret_key or "", "csrf").dumps(session["csrf"])
    return Markup('<input type="hidden" name="csrf" value="{}">').format(g.csrf)


def enter(code: str, *, writes: bool) -> None:
    """Who it is, and at which desk."""
    if not writes:
        plain.session.connection(execution_options={READ_ONLY: True})
    g.person = plain.session.get(Person, UUID(session["person"])) or abort(403)
    found = plain.session.execute(
        select(Desk, Member.role).join(Member).where(Desk.code == code, Member.person_id == g.person.id)
    ).one_or_none()
    if found is None or found.role not in _STAFF:
        abort(404)
    # A person without keys; the rules look at none.
    g.actor = Actor(g.person, found.Desk.id, Role(found.role), at_network=found.Desk.network_id is None)
    g.desk, g.response_hours = _named(found.Desk, found.role), found.Desk.response_hours
    members = plain.session.scalars(select(Member).where(Member.desk_id == found.Desk.id)).all()
    g.staff = sorted((one for one in members if one.role in _STAFF), key=lambda one: one.name.casefold())
    g.workers = {one.person_id: one.name for one in members}


def _named(desk: Desk, role: str) -> SimpleNamespace:
    return SimpleNamespace(code=desk.code, name=desk.name, role=Role(role), network=desk.network_id is None)


def _desks(person_id: UUID) -> list[SimpleNamespace]:
    rows = plain.session.execute(select(Desk, Member.role).join(Member).where(Member.person_id == person_id))
    every = [_named(one.Desk, one.role) for one in rows]
    # As in the house: volunteers have nothing to open at the network itself.
    found = [desk for desk in every if not (desk.network and desk.role is Role.VOLUNTEER)]
    return sorted(found, key=lambda desk: (desk.network, desk.name.casefold()))


def listing(desk: str) -> str:
    """The newest of the desk's cases, a page of them."""
    enter(desk, writes=False)
    form = ListForm(data={})
    here = plain.session.scalar(select(Desk).where(Desk.code == desk)) or abort(404)
    register = plain.session.scalars(
        select(Respondent).where(Respondent.network_id == here.network_id).order_by(Respondent.name)
    )
    known = [(str(one.id), one.name) for one in register]
    doubles = {key: frozenset({UUID(key)}) for key, _ in known}
    form.offer([(str(one.person_id), one.name) for one in g.staff], known, doubles)
    found = plain.session.scalar(select(func.count()).select_from(Case).where(Case.desk_id == here.id)) or 0
    part = Pages(found, current_app.config["CASEWORK"].page_size, request.args.get("page", 1, type=int))
    rows = plain.session.scalars(
        select(Case)
        .where(Case.desk_id == here.id)
        .order_by(Case.changed.desc(), Case.ref)
        .limit(part.size)
        .offset(part.first)
    )
    return render_template(
        "cases/list.html",
        cases=[row(one) for one in rows],  # type: ignore[arg-type] # a row that has what is shown of a card
        found=found,
        fields=form.fields,
        carried=form.carried(form.fields),
        terms_href=url_for("cases.terms", v=None),
        asked_href=url_for("cases.asked", v=None),
        chosen=form.words,
        sums_href=url_for("cases.sums", v=None),
        figures_href=url_for("cases.figures", v=None),
        problems=False,
        views=[],
        token="",
        **part.links(lambda number: url_for("cases.listing", page=number)),
    )


class PlainCase:
    """A plain case as the page of a case asks for it."""

    def __init__(self, found: Case) -> None:
        self.row = SimpleNamespace(
            ref=found.ref,
            status=found.status,
            primary_id=found.primary,
            backup_id=found.backup,
            opened_on=found.opened,
            changed_on=found.changed,
            exception_ends_at=found.exception_ends_at,
        )
        # A plain application knows neither closed circles nor the sealed word on an emergency.
        self.keys = SimpleNamespace(named=None, restricted=False)
        self.emergency, self.lapsed, self.lacking = None, False, False
        self.due, self.due_zone = found.due, found.due_zone
        self.id, self.called = found.id, found.called
        self.kinds = tuple(dict.fromkeys([found.kind, *found.other_kinds]))

    def section(self, section: Section) -> SimpleNamespace:
        """The answers of a section."""
        part = plain.session.get_one(Part, (self.id, section.value))
        return SimpleNamespace(values=part.answers)


def section(desk: str, ref: str, section: str) -> str:
    """One section of a case; opening it is recorded, if the application is to record."""
    records = bool(current_app.config["RECORDS"])
    enter(desk, writes=records)
    found = plain.session.scalar(
        select(Case).where(Case.ref == ref, Case.desk_id == g.actor.desk_id)
    ) or abort(404)
    case: Any = PlainCase(found)
    which = section_named(section)
    if records:
        _record(found, which)
    page = show(
        case,
        section,
        blocks=_blocks(which, case),
        refused=False,
        add=ways_on(case, which),
        edit_href=None if found.status == "closed" else url_for("cases.edit", ref=ref, section=section),
    )
    plain.session.commit()
    return page


def _record(found: Case, section: Section) -> None:
    event = Event(desk_id=found.desk_id, case_id=found.id, person_id=g.person.id, at=clock.now())
    event.what, event.details = "section_opened", {"section": section.value}
    plain.session.add(event)
    plain.session.flush()


def _blocks(section: Section, case: PlainCase) -> list[dict[str, Any]]:
    answers = case.section(section).values
    return [
        {
            "title": gettext(group.title) if group.title else None,
            "facts": questions.say(group.fields, _own(answers, group.prefix)),
        }
        for group in asked(section, case.kinds)
    ]


def _own(answers: dict[str, Any], prefix: str) -> dict[str, Any]:
    return {key.removeprefix(prefix): value for key, value in answers.items() if key.startswith(prefix)}
