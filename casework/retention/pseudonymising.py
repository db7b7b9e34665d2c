"""Taking the names away: everything of a case goes, and what stays is codes, sums and months.

Gone are the wraps and links of its keys, all sections, notes, ledger, consents, dates, what others were
told, evidence with its files, papers, drafts, and its card. What stays was sealed to the desk when the case was
closed (`remains`), and from now on nothing leads from it to the case. No key is needed for any of it.

All of it is one transaction a case: whoever is killed has done all or nothing. Files of the store go by a
job of their own that is in the same transaction. The job takes the whole block of cards in which the case lies, and the others'
are made anew by the next who is unlocked; a coordinator, who has keys, takes out the one card.
"""

from collections import Counter
from uuid import UUID

from sqlalchemy import delete, select

from casework import clock
from casework.access.actor import Actor
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import saved
from casework.cases.changing import CLOSED
from casework.cases.models import Case
from casework.db import db
from casework.errors import Refused
from casework.retention import periods
from casework.retention.models import Kept
from casework.vault import keeping


def run() -> Counter[UUID]:
    """Take the names of cases whose month has come. A job: needs no keys.

    A date that was taken up again has put its case's month off (`stays.ends`), since no job can see it.

    Returns:
        How many cases of each desk lost their names in this run; restricted ones are not counted.
    """
    gone = Counter[UUID]()
    for row, kept in _due():
        if not keeping.is_restricted(row.id):
            gone[row.desk_id] += 1
        take_away(row, kept)
    return gone


def _due() -> list[tuple[Case, Kept]]:
    """The next cases, held; one that somebody is changing at this moment waits for the next run."""
    today = clock.today()
    query = (
        select(Case, Kept)
        .join(Kept, Kept.case_id == Case.id)
        .where(Case.status == CLOSED, Kept.ends_on <= today)
        .order_by(Case.desk_id, Case.id)
        .limit(periods.load().at_once)
        .with_for_update(skip_locked=True, of=Case)
    )
    found = db.session.execute(query.execution_options(populate_existing=True)).all()
    return [(row, kept) for row, kept in found]


def take_away(row: Case, kept: Kept, actor: Actor | None = None) -> None:
    """Take everything of a case away but what stays of it; recorded without keys.

    Args:
        row: of the case, held.
        kept: what stays.
        actor: a coordinator whose keys leave the cards of other cases whole; None for the job.
    """
    case_id, desk_id = row.id, row.desk_id
    kept.case_id = kept.review_on = kept.ends_on = None
    db.session.flush()
    _record(desk_id, case_id)
    saved.announce_erased(case_id, actor)
    db.session.expunge(row)
    db.session.execute(delete(Case).where(Case.id == case_id))


def _record(desk_id: UUID, case_id: UUID) -> None:
    try:
        audit.record_keyless(keeping.load(desk_id), Event.CASE_PSEUDONYMISED, case_id=case_id)
    except Refused:
        # A chain that does not verify cannot be written for; that must not keep names alive.
        return
