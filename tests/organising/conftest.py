"""A desk with somebody who wants to organise, and a campaigner who meets people for a union of the directory."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from casework.cases import consenting
from casework.formations import service as formations
from casework.organising import introducing, offers
from casework.organising.wishing import Wish
from tests import factories

MORNING = datetime(2026, 11, 18, 9, tzinfo=UTC)
UNION = {"name": "Union of Domestic Workers", "kind": "union"}
REACH = [
    {"channel": "call", "number": {"written": "+977 984 1", "digits": "9779841"}, "safe": "yes"},
    {"channel": "sms", "number": {"written": "+977 984 2", "digits": "9779842"}, "safe": "no"},
]


class Meeting:
    """Who is there.

    Attributes:
        union: the organisation of the directory.
        offer: that Cara meets people for it.
    """

    def __init__(self, world):
        self.world = world
        self.union = formations.add(self.cara, "organisation", UNION, uuid4())
        self.offer = offers.make(self.cara, self.union, "Cara", "Nepali, Sundays", uuid4())

    @property
    def asha(self):
        return self.world.actor(self.world.asha)

    @property
    def cara(self):
        return self.world.actor(self.world.cara, self.world.network_id)

    def person(self, **more):
        return factories.case(self.asha, called="Sita Test", reach=REACH, **more).ref

    def wish(self, **more):
        told = {"offer_id": self.offer, "channel": "call", "called": "Sunita", "words": "Nepali, after six"}
        return Wish(**(told | more))

    def introduce(self, ref, *, given=True, token=None, **more):
        answer = factories.answer(introducing.PURPOSE, given=given, recipient="", data="")
        return introducing.introduce(self.asha, ref, self.wish(**more), answer, token or uuid4())

    def withdraw(self, ref, purpose):
        case = factories.reload(self.asha, ref)
        told = next(one for one in consenting.listing(self.asha, ref).told if one.answer.purpose == purpose)
        assert case is not None
        consenting.withdraw(self.asha, ref, told.id)


@pytest.fixture
def world(database):
    return factories.world()


@pytest.fixture
def there(world, freeze):
    freeze(MORNING)
    return Meeting(world)
