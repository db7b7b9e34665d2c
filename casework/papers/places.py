"""Places in a desk's own words, such as {name}: a few names of ours, and nothing that is ever run."""

import re
from collections.abc import Mapping
from typing import Final

from casework.deadlines.words import msgid
from casework.errors import Invalid

#: What each place is filled with (msgids).
PLACES: Final[Mapping[str, str]] = {
    "name": msgid("what the person is called, where that may be told"),
    "reference": msgid("the reference of the case"),
    "day": msgid("the day on which the paper is made"),
    "recipient": msgid("for whom the paper is; empty on the person's own"),
    "sum": msgid("the sum that a letter asks for"),
}
_PLACE = re.compile(r"\{([^{}]*)\}")


def check(text: str) -> None:
    """Go on only if every place in a text is one of ours.

    Raises:
        Invalid: naming the first that is not, and those that are.
    """
    for name in _PLACE.findall(text):
        if name not in PLACES:
            raise Invalid(
                "There is no place “{%(name)s}”. These there are: %(known)s.",
                "text",
                name=name[:40],
                known=", ".join(f"{{{one}}}" for one in PLACES),
            )


def filled(text: str, said: Mapping[str, str]) -> str:
    """A text with its places filled, each once: what is filled in is never read for places again.

    Args:
        text: a desk's own words.
        said: what stands in each place; one that is not there stays empty.
    """
    return _PLACE.sub(lambda place: said.get(place.group(1), ""), text)
