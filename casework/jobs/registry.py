"""Which name runs which service function, and what runs again and again."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from flask import current_app

from casework import clock, queue
from casework.access import invitations, sessions
from casework.cases import erasing, exceptions, legal_status
from casework.drafts import service as drafts
from casework.evidence import sweeping
from casework.jobs import erased_list, mailing
from casework.organising import boxes
from casework.packets import ending as packets_end
from casework.reminders import rounds, wishes
from casework.retention import pseudonymising, purging, steady
from casework.sharing import ending
from casework.shifts import service as shifts

Job = Callable[..., object]

_KEPT = timedelta(days=1)


def forget_done_jobs() -> None:
    """Rows of jobs that were done a day ago or longer say nothing that anyone needs."""
    queue.forget_done(clock.now() - _KEPT)


def delete_files(*file_ids: uuid.UUID) -> None:
    """Delete files of the store that were taken out."""
    sweeping.delete_unnamed(current_app.extensions["casework.store"], *file_ids)


def sweep_files() -> None:
    """Delete files of the store that no row names."""
    sweeping.sweep(current_app.extensions["casework.store"])


#: Every job by its name. A job may be run twice, so each of them is harmless the second time.
JOBS: dict[str, Job] = {
    "sessions.purge": sessions.purge,
    # What deletes something that somebody wrote goes only by a clock that did not jump, and is reported.
    "invitations.purge": partial(purging.run, "invitations", invitations.purge),
    "cases.lapse_exceptions": partial(purging.run, "emergencies", exceptions.lapse),
    "cases.purge_legal_status": partial(purging.run, "statuses", legal_status.purge),
    "cases.pseudonymise": partial(purging.run, "pseudonymised", pseudonymising.run),
    "grants.expire": ending.expire,
    "packets.expire": packets_end.expire,
    "organising.expire": partial(purging.run, "introductions", boxes.expire),
    "drafts.purge": partial(purging.run, "drafts", drafts.purge),
    "shifts.purge": partial(purging.run, "shifts", shifts.purge),
    "outbox.forget_done": forget_done_jobs,
    "clock.beat": steady.beat,
    erasing.KEEP_LIST: erased_list.keep,
    "files.delete": delete_files,
    "files.sweep": sweep_files,
    "reminders.round": mailing.go_round,
    "reminders.forget": rounds.forget,
}

#: Jobs that speak with another server. They are called between two transactions, and answer with what is to be
#: written down in the second: while they wait for an answer, nobody waits for them.
OUTSIDE: dict[str, Callable[..., Callable[[], None]]] = {wishes.SEND: mailing.send}

#: What runs by itself, and how often.
PERIODIC: dict[str, timedelta] = {
    "clock.beat": timedelta(minutes=10),
    "sessions.purge": timedelta(minutes=10),
    "invitations.purge": timedelta(minutes=10),
    "cases.lapse_exceptions": timedelta(minutes=10),
    "cases.purge_legal_status": timedelta(hours=1),
    "cases.pseudonymise": timedelta(hours=1),
    "drafts.purge": timedelta(hours=1),
    "grants.expire": timedelta(minutes=10),
    "packets.expire": timedelta(minutes=10),
    "organising.expire": timedelta(hours=6),
    "shifts.purge": timedelta(hours=6),
    "outbox.forget_done": timedelta(hours=6),
    erasing.KEEP_LIST: timedelta(hours=6),
    "files.sweep": timedelta(hours=6),
    "reminders.round": timedelta(minutes=5),
    "reminders.forget": timedelta(hours=6),
}


def perform(name: str, ids: list[uuid.UUID]) -> None:
    """Call the function of a job.

    Args:
        name: as in `JOBS`.
        ids: what the function is told.

    Raises:
        LookupError: no job has this name; a newer version may know it, so its row stays due.
    """
    JOBS[name](*ids)
