"""What a journey is, and what several of them share."""

from dataclasses import dataclass
from uuid import UUID

from casework.access import renewing
from tests.crashes.scene import Act, Scene

TOKEN = UUID(int=77)


@dataclass(frozen=True)
class Journey:
    """One thing that changes keys.

    Attributes:
        before: what is there, beside the scene.
        run: does it, or goes on with it.
        after: what must be true at the end.
    """

    before: Act
    run: Act
    after: Act


def nothing(_scene: Scene) -> None:
    """Nothing beside what is always there."""


def renewed(scene: Scene) -> None:
    """The sweep after a new epoch, in slices of one."""
    for _ in range(60):
        progress = renewing.renew(scene.actor(scene.world.asha))
        scene.keep()
        if progress.finished:
            break
    state = scene.state()
    assert state.epoch in {state.done, 1}
