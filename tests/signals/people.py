"""People who were cheated by one agency, logged as a volunteer logs them."""

from datetime import timedelta
from uuid import uuid4

from casework import clock
from casework.cases import consenting, links
from casework.respondents import register
from casework.signals import telling
from tests import factories


class Patterns:
    """Two desks and what happens at them.

    Attributes:
        asha, mei: a volunteer and the coordinator of the host desk.
        ram, nina: the same of the home desk.
        agency: of the register.
    """

    def __init__(self, world):
        self.world = world
        self.agency = self.enter("Gulf Manpower")

    @property
    def asha(self):
        return self.world.actor(self.world.asha)

    @property
    def mei(self):
        return self.world.actor(self.world.mei)

    @property
    def ram(self):
        return self.world.actor(self.world.ram)

    @property
    def nina(self):
        return self.world.actor(self.world.nina)

    def enter(self, name, kind="recruiter"):
        return register.enter(self.asha, kind, name, "NP", uuid4())

    def person(self, worker, *respondents, agreed="trends", name="Sita Test"):
        """Somebody who names respondents; the reference of their case."""
        ref = factories.case(worker, called=name, kind="wage_theft").ref
        for one in respondents or (self.agency,):
            links.link(worker, ref, one.id, "recruited")
        if agreed:
            self.agree(worker, ref, agreed)
        return ref

    def agree(self, worker, ref, purpose, **changes):
        return consenting.record(worker, ref, factories.answer(purpose, **changes), uuid4())

    def several(self, worker, count, *respondents, agreed="trends"):
        return [self.person(worker, *respondents, agreed=agreed, name=f"Person {n}") for n in range(count)]


def next_week(freeze):
    freeze(clock.now() + timedelta(days=7))


def heard_bands(actor):
    """What other desks told this one: bands of names."""
    return {one.desk_id: dict(one.bands) for one in telling.heard(actor)[0]}
