"""Synthetic people, desks and cases for every room's tests.

    world = factories.world()
    asha = world.actor(world.asha)              # a volunteer at the host desk, keys open
    case = factories.case(asha, called="Amina Test", home="NP")

Everything is made by the services themselves. Nothing is committed: a test that goes on through `client`
or another thread commits first.
"""

from tests.factories.cases import answer, case, contact, ending, kind_case, reload
from tests.factories.people import PASSPHRASE, Human, human
from tests.factories.worlds import World, world

__all__ = [
    "PASSPHRASE",
    "Human",
    "World",
    "answer",
    "case",
    "contact",
    "ending",
    "human",
    "kind_case",
    "reload",
    "world",
]
