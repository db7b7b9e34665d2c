"""Who may open a case."""

from casework.cases import opening, readers
from tests.crashes.journeys.journey import Journey, nothing
from tests.crashes.scene import Scene


def restrict(scene: Scene) -> None:
    """The hidden case is opened to the desk, and closed again: with Asha and Mei alone."""
    asha = scene.actor(scene.world.asha)
    pair = frozenset({scene.world.asha.id, scene.world.mei.id})
    now = opening.load(asha, scene.hidden).keys.named
    wider = pair | {scene.kim.id}
    if now == pair and not scene.more.get("widened"):
        readers.choose(asha, scene.hidden, wider, pair)
        readers.choose(scene.actor(scene.world.asha), scene.hidden, pair, wider)
        scene.keep()
        scene.more["widened"] = True


JOURNEYS = {
    "other people are named in a case": Journey(nothing, restrict, nothing),
}
