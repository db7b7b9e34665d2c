"""A story and everything that is done with it, as workers and a campaign's team do it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from casework import clock
from casework.access import entrance
from casework.campaigns import service as campaigns
from casework.cases import consenting
from casework.sharing import conflicts, grants, heard, reading, undertaking
from casework.sharing.terms import Wish
from casework.stories import approving, passing, service, signing, used
from casework.stories.service import Sent
from tests import factories
from tests.factories.worlds import code

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOURS = timedelta(hours=1)
WORDS = {
    "title": "Nine months",
    "language": "ne",
    "text": "They took my passport. I want it back.",
    "guarded": "no",
}
YES = {
    "read_back": "yes",
    "given": "yes",
    "how": "spoken",
    "language": "ne",
    "interpreter": "worker",
    "present": ["nobody"],
}
BRIEF = {"name": "Pay us", "goals": ["struggles"], "level": "workplace", "about": "Wages.", "risks": "None."}


class Telling:
    """A host desk with a case, and a campaign with Mei and Cara in its team.

    Attributes:
        asha, bo, mei: two volunteers and their coordinator.
        cara: of the campaign team, at the network.
        campaign: its id.
        ref: of the case.
    """

    def __init__(self, world):
        self.world = world
        self.asha, self.bo, self.mei = (world.actor(one) for one in (world.asha, world.bo, world.mei))
        self.cara = entrance.enter(world.cara.keys, code(world.network_id))
        with clock.at(START):
            self.ref = factories.case(self.asha, called="Sita Test", kind="wage_theft").ref
            self.campaign = campaigns.make(self.cara, BRIEF, [], uuid4())

    def at(self, hours):
        """The clock so many hours after the start."""
        return clock.at(START + hours * HOURS)

    def story(self, story_id, actor=None):
        return service.one(actor or self.asha, self.ref, story_id)[1]

    def sent(self, story_id):
        return Sent(self.story(story_id).rev, uuid4())

    def written(self, **words):
        with self.at(0):
            return service.write(self.asha, self.ref, WORDS | words, uuid4())

    def approve(self, story_id, actor=None, sent=None, **told):
        approving.approve(actor or self.asha, self.ref, story_id, YES | told, sent or self.sent(story_id))

    def approved(self, **words):
        story_id = self.written(**words)
        with self.at(0):
            self.approve(story_id)
        return story_id

    def again(self, story_id, **told):
        approving.ask_again(self.asha, self.ref, story_id, YES | told, self.sent(story_id))

    def ready(self, **words):
        story_id = self.approved(**words)
        with self.at(48):
            self.again(story_id)
        return story_id

    def second(self, story_id, actor, lawyer="Me Roy: no harm seen"):
        told = {"harm": "None that is known"} | ({"lawyer": lawyer} if lawyer else {})
        approving.second(actor, self.ref, story_id, told, self.sent(story_id))

    def give(self, story_id, actor=None, sent=None):
        passing.give(actor or self.mei, self.ref, story_id, self.campaign, sent or self.sent(story_id))

    def given(self, hours=48, **words):
        story_id = self.ready(**words)
        with self.at(hours):
            self.give(story_id)
        return story_id

    def invite(self, *sections):
        """A legal ally who may read these parts of the case for three weeks."""
        self.luz = self.world.actor(self.world.luz)
        with self.at(0):
            undertaking.accept(self.luz)
            conflicts.save(self.luz, "", 0)
            said = factories.answer("legal_ally", recipient="Luz", data="All of it")
            consenting.record(self.asha, self.ref, said, uuid4())
            ends = clock.today() + timedelta(days=21)
            wish = Wish(self.world.luz.id, sections, (), frozenset(), ends)
            self.grant = grants.make(self.mei, self.ref, wish, uuid4())

    def sign(self, story_id, rev=None, token=None):
        rev = self.story(story_id).rev if rev is None else rev
        told = {"lawyer": "I see no danger in it", "harm": "None that is known"}
        signing.approve(self.luz, self.ref, story_id, told, rev, token or uuid4())

    def unsign(self, story_id, token=None):
        signing.take_back(self.luz, self.ref, story_id, token or uuid4())

    def given_to_ally(self):
        """What the ally has open of this case."""
        return reading.open_one(self.luz, self.ref)[0]

    def said_by_ally(self):
        case = factories.reload(self.mei, self.ref)
        return [one for one in heard.of_case(case, self.grant).said if one.by == self.luz.user_id]

    def opened_by_ally(self):
        return [one.what for one in grants.listing(self.mei, self.ref)[1][0].opened]

    def there(self):
        """What the campaign's team sees of its stories."""
        return used.listing(self.cara, campaigns.look(self.cara, self.campaign))

    def use(self, item_id, where="The Daily"):
        told = {"where": where, "who": "Its desk"}
        used.use(self.cara, self.campaign, item_id, told, uuid4())
