"""The process dies before every named step and every commit of whatever changes keys; then it goes on.

After each death every case is readable to who should read it, and to nobody else; the next run completes.
A step that no journey reaches fails here: give it a journey.
"""

import pytest

from casework.access import renewing
from casework.sharing import ending, settling
from tests.crashes.journeys import JOURNEYS
from tests.crashes.scene import Scene, Snapshot
from tests.crashes.steps import Dies, dies_before, named_steps

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("backend", ["sqlite"])]
#: What each journey reached, where the first test has run.
_reached: dict[str, set[str]] = {}


@pytest.fixture(autouse=True)
def small_slices(monkeypatch):
    """So that there are several: one with what caused it, the others after it."""
    monkeypatch.setattr(renewing, "SLICE", 1)
    monkeypatch.setattr(renewing, "AT_ONCE", 1)
    monkeypatch.setattr(settling, "SLICE", 4)
    monkeypatch.setattr(ending, "AT_ONCE", 4)


@pytest.fixture
def scene(app, database):
    return Scene.of(app.extensions["casework.doorway"])


def worth_dying(reached: list[str]) -> list[int]:
    """The first turn of each step, the first commits and the last: slices between differ in their row alone."""
    first = {name: number for number, name in reversed(list(enumerate(reached)))}
    commits = [number for number, name in enumerate(reached) if name == "commit"]
    return sorted({*first.values(), *commits[:3], commits[-1]})


@pytest.mark.parametrize("name", JOURNEYS)
def test_it_dies_at_each_step_and_goes_on(scene, name):
    journey, steps = JOURNEYS[name], named_steps()
    journey.before(scene)
    before = Snapshot.of(scene)
    with dies_before(None, steps) as reached:
        journey.run(scene)
    journey.after(scene)
    _reached[name] = set(reached)
    for number in worth_dying(reached):
        before.restore()
        with pytest.raises(Dies), dies_before(number, steps):
            journey.run(scene)
        scene.start_anew()
        scene.check()
        journey.run(scene)
        scene.check()
        journey.after(scene)


def test_every_named_step_is_on_a_journey(scene):
    """Alone, without the test above, it walks each journey once."""
    steps = named_steps()
    before = Snapshot.of(scene)
    for name in JOURNEYS.keys() - _reached.keys():
        before.restore()
        JOURNEYS[name].before(scene)
        scene.keep()
        with dies_before(None, steps) as reached:
            JOURNEYS[name].run(scene)
        _reached[name] = set(reached)
    assert set(steps.values()) - set().union(*_reached.values()) == set()
