"""A schedule of several people for somebody outside: each has to have agreed to that very recipient."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from casework.access.actor import Actor
from casework.cases import outside
from casework.cases.outside import Going
from casework.cases.values import Voice
from casework.errors import Invalid
from casework.papers import printing
from casework.papers.blocks import Paper


def release(actor: Actor, refs: Sequence[str], going: Going, form_token: UUID) -> None:
    """Write down for every case that its reference and sums go to somebody, before anything is made.

    Args:
        actor: who gives it away.
        refs: of the cases, in order.
        going: what, and to whom.
        form_token: of the form; the same one twice writes it once.

    Raises:
        Invalid: one of them did not agree to this recipient, or it goes to a home state, where each case takes two
            people of its own.
    """
    if going.by_two:
        raise Invalid(
            "For an authority of the home state, each case has to be released by itself, by two people.",
            "purpose",
        )
    for ref in refs:
        try:
            outside.ask(actor, ref, going, uuid5(form_token, ref))
        except Invalid as refused:
            raise Invalid(
                "%(ref)s: they have not agreed to this, for this recipient. Ask them first.",
                refused.field or "recipient",
                ref=ref,
            ) from None


def pdf(
    voice: Voice, head: Sequence[str], rows: Sequence[Sequence[str]], said: Sequence[str], mark: str
) -> bytes:
    """The schedule as PDF; it names nobody, only references. It is not kept: each case knows that it left.

    Args:
        voice: the language of its reader.
        head, rows: the table, its sums last.
        said: the formula, the middle claim, warnings.
        mark: for whom it is.
    """
    say = voice.gettext
    paper = Paper(say("Schedule of several people"), mark)
    paper.text(say("Each line is one person, by the reference of their case."))
    # The last column names proofs; those before it are sums.
    paper.table(head, rows, [3, *([2] * (len(head) - 1))], list(range(1, len(head) - 1)))
    for one in said:
        paper.text(one, "note")
    paper.sign(say("Signature"), say("Place and day"))
    return printing.pdf(paper, voice.locale, mark, mark)
