"""Two desks of one installation that have compared their cards, and a case whose person agreed to be referred."""

import datetime as dt
from uuid import uuid4

import pytest

from casework import clock
from casework.access.models import Desk
from casework.cases import consenting, entries, sections
from casework.db import db
from casework.evidence import examining
from casework.evidence import service as evidence
from casework.evidence.bodies import Description
from casework.packets import accepting, desk_cards, partners, sending
from casework.packets.terms import Wish
from casework.vault import Section
from tests import factories
from tests.evidence import made

STORY = "They took the passport on the first day."
VALLEY, HARBOUR = "Valley desk", "Harbour desk"
LARGEST = 10**8


def introduce(one, other):
    """`one` gets the card of `other` and compares it; the partner's id."""
    card = desk_cards.own(other)
    partner_id = partners.bring(one, card.text)
    partners.compared(one, partner_id, card.code)
    return partner_id


@pytest.fixture
def known(world):
    """The host desk and the home desk know each other; the id of the home desk's card at the host desk."""
    introduce(world.actor(world.nina), world.actor(world.mei))
    return introduce(world.actor(world.mei), world.actor(world.nina))


def agree(actor, ref, to=VALLEY, **changes):
    told = {"recipient": to, "data": "What happened, and the papers", **changes}
    return consenting.record(actor, ref, factories.answer("referral", **told), uuid4())


def save(actor, ref, section, **answers):
    sections.save(actor, ref, section, answers, sections.view(actor, ref, section).rev)


@pytest.fixture
def case(asha):
    row = factories.case(asha, called="Amina Qzx", kind="detention")
    save(asha, row.ref, Section.STORY, what_happened=STORY)
    entries.add(asha, row.ref, "note", clock.now(), "She called again.", uuid4())
    agree(asha, row.ref)
    return row


def wish(partner_id, *chosen, files=(), days=10, told="Please take her case over"):
    return Wish(partner_id, tuple(chosen), tuple(files), told, clock.today() + dt.timedelta(days=days))


@pytest.fixture
def send(world, store, known):
    """`send(ref, *sections, files=…)`: the volunteer refers a case to the home desk; the packet's id."""

    def _send(ref, *chosen, token=None, who=None, **more):
        actor, asked = world.actor(who or world.asha), wish(known, *chosen, **more)
        files = sending.prepare(actor, store, ref, asked)
        return sending.send(actor, ref, asked, files, token or uuid4())

    return _send


@pytest.fixture
def accept(world, store):
    """`accept(packet_id)`: the volunteer of the home desk accepts it; the new reference."""

    def _accept(packet_id, who=None, **more):
        actor = world.actor(who or world.ram)
        ready = accepting.prepare(actor, store, packet_id, LARGEST)
        return accepting.accept(world.actor(who or world.ram), packet_id, ready, take=True, **more)

    return _accept


@pytest.fixture
def hand_in(store, asha):
    """`hand_in(ref)`: a photo among the evidence of a case; its id, and its bytes."""

    def _hand_in(ref, called="Contract"):
        data = made.picture()
        examined = examining.examine(made.coming(data), LARGEST)
        examining.keep(store, examined)
        said = Description(what="payslips", called=called, grade="photo")
        return evidence.add(asha, ref, examined, said, uuid4()), data

    return _hand_in


def code_of(desk_id):
    return db.session.get_one(Desk, desk_id).code
