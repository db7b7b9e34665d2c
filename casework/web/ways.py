"""From one place to another, with an arrow that points the way in which the page is read."""

import re
from typing import Final

from flask_babel import gettext
from markupsafe import Markup, escape

#: What stands between two words of a chart.
_SIGN: Final = re.compile("([·›])")


def way(places: list[str]) -> str:
    """Two places as a way between them; anything else one beside the other.

    Args:
        places: in words, where it begins first.
    """
    if len(places) == 2:  # noqa: PLR2004 - from one to another
        # No language turns an arrow by itself: each says in its translation where "then" stands.
        return str(gettext("%(first)s → %(then)s", first=places[0], then=places[1]))
    return " · ".join(places)


def printed(words: str) -> str:
    """The same for paper and drawings, whose fonts have no arrows: an angle, which writing from the right turns by itself."""
    return words.replace("→", "›").replace("←", "›")


def drawn(words: str) -> Markup:
    """The same inside a drawing: fonts of other scripts lack such signs, so each is set in one that has it."""
    return Markup(_SIGN.sub(r'<tspan font-family="Noto Sans">\1</tspan>', str(escape(printed(words)))))  # noqa: S704 - escaped before
