"""The day on which a safety plan is gone through again, as a task of its case."""

from datetime import date
from uuid import uuid4

from casework.access.actor import Actor
from casework.access.policy import Action
from casework.cases.changing import changing
from casework.deadlines import service as dates
from casework.vault import Section

#: The word of such a task, and the question that names its day.
TASK, REVIEW = "safety", "review_on"


def follow(actor: Actor, ref: str, words: str, done: str) -> None:
    """Bring the task in line with what the safety plan says; called after each save of it.

    Args:
        actor: who saved it.
        ref: the case's reference.
        words: what the task is called, in their language.
        done: what is written down as the end of the one before, in the same language.

    Raises:
        NotFound, Denied: not for this person.
    """
    with changing(actor, ref, Action.CASE_WORK) as case:
        found = (case.section(Section.SAFETY).values.get(REVIEW) or {}).get("date")
        wanted = date.fromisoformat(found) if found else None
        if [one.due_on for one in dates.tasks(case, TASK)] == [wanted] * (wanted is not None):
            return
        dates.finish(case, TASK, done)
        if wanted is not None:
            dates.put_task(case, words, wanted, (None, None), uuid4(), TASK)
