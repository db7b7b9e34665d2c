"""Numbers of the pieces of a case: papers name a proof by its number, so no number is ever given twice.

Each piece knows the highest number that was given when it came. Where the newest is taken out, the newest of
the others takes that over. Only a case whose evidence was all taken out begins again with one; the fingerprint
beside the number on a paper then tells the two apart.
"""

from collections.abc import Iterable
from dataclasses import replace

from casework.evidence.bodies import Piece


def highest(pieces: Iterable[Piece]) -> int:
    """The highest number that was given in a case; 0 where it has no evidence.

    Args:
        pieces: all of the case.
    """
    return max((piece.given for piece in pieces), default=0)


def heir(pieces: Iterable[Piece], leaving: Piece) -> Piece | None:
    """The piece that has to be kept anew before another is taken out; None where the others know enough.

    Args:
        pieces: all of the case.
        leaving: what is taken out.
    """
    others = [piece for piece in pieces if piece.id != leaving.id]
    if not others or highest(others) >= leaving.given:
        return None
    return replace(max(others, key=lambda piece: piece.number), given=leaving.given)
