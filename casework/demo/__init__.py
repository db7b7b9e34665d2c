"""Two invented desks that look lived in, for whoever tries the house: people, about 200 cases, two years.

Everything in `data/` is invented, and everything is done by the services themselves, at the hours when it would
have been done: so the record, the cards and the seals are the real thing.
"""

from collections.abc import Callable

from casework.access.doorway import Doorway
from casework.demo.authenticators import Current, codes
from casework.demo.cast import SignIn, sign_ins
from casework.settings import Settings

__all__ = ["CASES", "Current", "SignIn", "codes", "seed", "sign_ins"]

#: How many cases the demo has.
CASES = 200


def seed(settings: Settings, door: Doorway, say: Callable[[str], None] = print, cases: int = CASES) -> bool:
    """Make the demo where there is no network yet. The caller commits, once: an interruption leaves nothing.

    Args:
        settings: of an installation that is a demo.
        door: for the passphrases, at the cost that this installation asks of everybody.
        say: told in a line how far it is.
        cases: how many.

    Returns:
        Whether it was made now; False where a network exists.

    Raises:
        Invalid: this installation is no demo.
    """
    # Whoever only asks for the sign-ins does not load every room.
    from casework.demo import seeding  # noqa: PLC0415 - see the sentence above

    return seeding.seed(settings, door, say, cases)
