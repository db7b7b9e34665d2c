"""Cases with dated answers, for tests of their dates."""

from datetime import date

from casework.cases import assignment, opening, sections
from casework.deadlines import service
from casework.vault import Role, Section
from tests import factories


def day(text: str, precision: str = "day") -> dict:
    return {"written": text, "calendar": "gregorian", "date": text, "precision": precision}


def moment(text: str, clock: str | None = None, zone: str = "") -> dict:
    return {"date": text, "time": clock, "zone": zone}


def order(served: str) -> dict:
    return {"deportation.orders": [{"kind": "removal", "served_on": day(served)}]}


def removal(actor, served: str = "2026-03-20", host: str = "US", **told):
    """A case of deportation in which an order was served."""
    row = factories.case(
        actor, called="Amina Test", kind="deportation", host=host, answers=order(served), **told
    )
    return shared(actor, row).ref


def shared(actor, row):
    """The case with somebody who stands in, so that a second person may act on it."""
    others = [
        who
        for who, member in actor.desk.state.members.items()
        if member.role is Role.VOLUNTEER and who != actor.user_id
    ]
    assignment.assign(actor, row.ref, actor.user_id, min(others), (row.primary_id, row.backup_id))
    return row


def save(actor, ref: str, section: Section, **answers) -> None:
    """Save answers of a section, as its form does; keys with a double underscore are those of a kind."""
    rev = opening.load(actor, ref).section(section).rev
    sections.save(actor, ref, section, {key.replace("__", "."): value for key, value in answers.items()}, rev)


def running(actor, ref: str, rule: str = "us.bia_appeal"):
    """The running dates of a case that come from a rule."""
    return [one for one in service.listing(actor, ref).running if one.lead and one.lead.rule == rule]


def the(actor, ref: str, rule: str = "us.bia_appeal"):
    (one,) = running(actor, ref, rule)
    return one


def days(actor, ref: str) -> dict[str, date]:
    return {one.lead.rule: one.due_on for one in service.listing(actor, ref).running if one.lead}
