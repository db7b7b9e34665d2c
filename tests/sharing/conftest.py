"""A desk with a legal ally who is ready, and a case whose person agreed to share with her."""

import datetime as dt
from uuid import uuid4

import pytest

from casework import clock
from casework.cases import consenting, entries, sections
from casework.evidence import examining
from casework.evidence import service as evidence
from casework.evidence.bodies import Description
from casework.sharing import conflicts, grants, reading, undertaking
from casework.sharing.terms import Wish
from casework.vault import Section
from tests import factories
from tests.evidence import made

SECRET = "Qzxhealth only for the desk"
STORY = "They took the passport on the first day."


@pytest.fixture
def luz(world):
    """A legal ally who has promised and has said that there is nobody whom she acts for."""
    actor = world.actor(world.luz)
    undertaking.accept(actor)
    conflicts.save(actor, "", 0)
    return actor


def agree(actor, ref, name="Luz", **changes):
    """The person agrees to share with somebody by name."""
    told = {"recipient": name, "data": "What happened, and the papers", **changes}
    return consenting.record(actor, ref, factories.answer("legal_ally", **told), uuid4())


def save(actor, ref, section, **answers):
    rev = sections.view(actor, ref, section).rev
    sections.save(actor, ref, section, answers, rev)


@pytest.fixture
def case(asha):
    """A case with a story, a note and something about health, whose person agreed to share with Luz."""
    row = factories.case(asha, called="Amina Qzx", kind="detention")
    save(asha, row.ref, Section.STORY, what_happened=STORY)
    save(asha, row.ref, Section.HEALTH, **{"detention.medicine": SECRET})
    entries.add(asha, row.ref, "note", clock.now(), "She called again.", uuid4())
    agree(asha, row.ref)
    return row


def wish(world, *chosen, files=(), downloads=(), days=10, ally=None):
    ends = clock.today() + dt.timedelta(days=days)
    return Wish((ally or world.luz).id, tuple(chosen), tuple(files), frozenset(downloads), ends)


@pytest.fixture
def give(world, mei):
    """`give(ref, *sections, ...)`: the coordinator gives parts of a case to Luz; the id of the grant."""

    def _give(ref, *chosen, token=None, **more):
        return grants.make(mei, ref, wish(world, *chosen, **more), token or uuid4())

    return _give


@pytest.fixture
def read(world):
    """`read(ref, section)`: what Luz reads there, as she comes in now."""

    def _read(ref, section):
        return reading.section(world.actor(world.luz), ref, section)

    return _read


@pytest.fixture
def hand_in(store, asha):
    """`hand_in(ref, called)`: a photo among the evidence of a case; its id."""

    def _hand_in(ref, called="Contract"):
        examined = examining.examine(made.coming(made.picture()), 10**8)
        examining.keep(store, examined)
        said = Description(what="payslips", called=called, grade="photo")
        return evidence.add(asha, ref, examined, said, uuid4())

    return _hand_in
