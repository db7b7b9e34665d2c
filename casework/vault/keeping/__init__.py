"""Where the vault meets the database. Nothing here commits: the entrance owns the transaction.

`desks` opens and founds them, `members` changes who is in, `epochs` draws new secrets and finishes their
sweep, `cases`, `opening` and `bumping`
keep cases, `restricted` those of named members, `granting` what allies were given, `paper` knows recovery cards.
"""

from casework.vault.keeping.bumping import bump
from casework.vault.keeping.cases import new_case, writable
from casework.vault.keeping.desks import found_desk, meet, open_desk
from casework.vault.keeping.epochs import Swept, finish_epoch, new_epoch, sweep_with
from casework.vault.keeping.ledger import append, hold_chain, load
from casework.vault.keeping.locking import (
    agree,
    can_reopen,
    lock,
    reopen,
    reopen_with_cards,
    secret_of,
    shut_with,
    waiting,
)
from casework.vault.keeping.members import admit, change_role, remove
from casework.vault.keeping.opening import open_case, open_cases
from casework.vault.keeping.paper import chains_of, ever_signed, has_signed, open_by_cards, sign_by_cards
from casework.vault.keeping.progress import Progress, progress
from casework.vault.keeping.restricted import (
    all_restricted,
    is_restricted,
    leaves_too_few,
    new_restricted,
    restrict,
    restricted_cases,
    unrestrict,
)
from casework.vault.keeping.rows import hold_epoch

__all__ = [
    "Progress",
    "Swept",
    "admit",
    "agree",
    "all_restricted",
    "append",
    "bump",
    "can_reopen",
    "chains_of",
    "change_role",
    "ever_signed",
    "finish_epoch",
    "found_desk",
    "has_signed",
    "hold_chain",
    "hold_epoch",
    "is_restricted",
    "leaves_too_few",
    "load",
    "lock",
    "meet",
    "new_case",
    "new_epoch",
    "new_restricted",
    "open_by_cards",
    "open_case",
    "open_cases",
    "open_desk",
    "progress",
    "remove",
    "reopen",
    "reopen_with_cards",
    "restrict",
    "restricted_cases",
    "secret_of",
    "shut_with",
    "sign_by_cards",
    "sweep_with",
    "unrestrict",
    "waiting",
    "writable",
]
