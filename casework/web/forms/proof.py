"""The question of a ledger line that is answered with pieces of the case's evidence."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext

from casework.cases.values import Texts
from casework.errors import Invalid
from casework.evidence.bodies import Piece
from casework.money.account import proof
from casework.money.account.sorts import Sort
from casework.web import evidence_shown
from casework.web.questions import Box, Choice, Question, sentence


def question(
    sort: Sort,
    pieces: Sequence[Piece],
    said: Mapping[str, Any],
    texts: Texts | None,
    problems: Mapping[str, Invalid],
) -> list[Question]:
    """What proves a line, to be chosen from the case's evidence; nothing where there is none to choose.

    Args:
        sort: of line.
        pieces: the evidence of the case.
        said: what was answered, for an edit form.
        texts: the form as it was sent or begun; it wins over what was answered.
        problems: by the names of the inputs.
    """
    if not pieces or sort.key in proof.UNPROVED:
        return []
    picked = picked_in(said if texts is None else texts)
    choices: tuple[Choice, ...] = tuple(
        (one.short, evidence_shown.numbered(one), one.short in picked, {})
        for one in sorted(pieces, key=lambda one: one.number)
    )
    problem = problems.get(proof.KEY)
    return [
        Question(
            name=proof.KEY,
            label=str(gettext("What proves it")),
            help=str(gettext("Files and papers of this case. One can prove many lines.")),
            required=False,
            folded=not picked and problem is None,
            error=sentence(problem) if problem else "",
            inputs=(Box(proof.KEY, "many", "", "", choices),),
        )
    ]


def chosen(pieces: Sequence[Piece], texts: Texts) -> tuple[dict[str, Any], dict[str, Invalid]]:
    """What was chosen, and what is wrong with it, by the name of the input.

    Args:
        pieces: the evidence of the case; what was taken out meanwhile is left out without a word.
        texts: the form as it was sent.
    """
    known = {one.short for one in pieces}
    picked = [one for one in dict.fromkeys(picked_in(texts)) if one in known]
    if len(picked) > proof.MOST:
        problem = Invalid("A line can have %(most)s proofs at most.", proof.KEY, most=proof.MOST)
        return {}, {proof.KEY: problem}
    return ({proof.KEY: picked} if picked else {}), {}


def picked_in(texts: Mapping[str, Any]) -> list[str]:
    """The pieces that a form or a line names."""
    found = texts.get(proof.KEY) or []
    return [found] if isinstance(found, str) else [one for one in found if one]
