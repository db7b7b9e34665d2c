"""What is done with the dates of a case: reading, ending, striking out, tasks, emergencies.

A date is never deleted. It is done, with what came of it, or void, with a reason and a second person.
"""

from casework.deadlines.ending import answer_strike, done, reopen, seen, strike
from casework.deadlines.listing import Dates, coming, listing, next_of, one
from casework.deadlines.owning import acknowledge, hand_to, take
from casework.deadlines.tasks import (
    LONGEST_TITLE,
    UNWANTED,
    Pair,
    add_task,
    call_off,
    finish,
    not_reached,
    put_task,
    tasks,
)

__all__ = [
    "LONGEST_TITLE",
    "UNWANTED",
    "Dates",
    "Pair",
    "acknowledge",
    "add_task",
    "answer_strike",
    "call_off",
    "coming",
    "done",
    "finish",
    "hand_to",
    "listing",
    "next_of",
    "not_reached",
    "one",
    "put_task",
    "reopen",
    "seen",
    "strike",
    "take",
    "tasks",
]
