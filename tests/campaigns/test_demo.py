"""What the demo's campaign team has written can be kept, and every code in it is one."""

from casework.campaigns import service, sorts
from casework.cases import values
from casework.demo import cast, together
from casework.demo.sources import table
from casework.formations import service as formations
from casework.formations import sorts as of_formations


def say(fields, told):
    unknown = set(told) - {one.key for one in fields} - {"organisation"}
    assert not unknown
    for field in fields:
        assert told.get(field.key) or not field.required, field.key
        if told.get(field.key):
            assert values.show(field, told[field.key], "en")


def test_the_demo_has_a_campaign_that_lives_and_a_formation_that_is_formed(world, at_network):
    cara, said = at_network(world.cara), table("together")
    together.write(cara)
    (campaign,) = service.listing(cara)[0]
    say(sorts.brief(), campaign.told)
    assert len(campaign.items) == len(said["item"])
    for item in campaign.items:
        say(sorts.sort_named(item.sort).fields, item.told)
    assert service.due_of(cara, [campaign])
    assert len(service.lessons(cara)) == 1
    book = formations.look(cara)
    for item in (one for one in book.items if one.sort != "lesson"):
        say(of_formations.fields(item.sort), item.told)
    assert said["who"] in {one.login for one in cast.people() if one.role == "campaign"}
