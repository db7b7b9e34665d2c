"""Words that somebody typed, made ready to be set: whatever they are, they print as text and stay in their place."""

import re
import unicodedata

#: Marks that turn the direction of everything after them; a name with one would turn its whole line.
_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C))
_FIRST_STRONG, _POP = "\u2068", "\u2069"
_LONGEST_WORD = 30
_LONG = re.compile(rf"\S{{{_LONGEST_WORD + 1},}}")
_MAY_BREAK = "\u200b"
_KEPT_CONTROLS = frozenset("\n\t")
#: Around a figure inside a sentence of ours until it is set; taken out of whatever was typed.
_HOLD, _LET_GO = "\ue000", "\ue001"
_HELD = re.compile(f"{_HOLD}([^{_HOLD}{_LET_GO}\n]*){_LET_GO}")


def plain(text: str) -> str:
    """Text without marks that turn directions and without controls; a very long word may be broken.

    Args:
        text: as it was typed.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_TURNING)
    text = _HELD.sub(rf"{_FIRST_STRONG}\1{_POP}", text)
    kept = "".join(
        one for one in text if one in _KEPT_CONTROLS or unicodedata.category(one) not in {"Cc", "Cs", "Co"}
    )
    return _LONG.sub(lambda word: _breakable(word.group()), kept)


def apart(text: str) -> str:
    """The same, each line kept apart from the direction of what stands around it, as `<bdi>` does on a page.

    Args:
        text: as it was typed.
    """
    return "\n".join(f"{_FIRST_STRONG}{line}{_POP}" if line else "" for line in plain(text).split("\n"))


def held(figure: str) -> str:
    """A figure that keeps its place in a sentence from right to left: 40 × USD 15.00 is not turned around.

    Args:
        figure: a number, a day, a code, anything that was typed.
    """
    return f"{_HOLD}{plain(figure).replace(chr(10), ' ')}{_LET_GO}"


def _breakable(word: str) -> str:
    return _MAY_BREAK.join(word[at : at + _LONGEST_WORD] for at in range(0, len(word), _LONGEST_WORD))
