"""Which errors of the database mean only that somebody else was faster: sent again, it works."""

import sqlite3

from sqlalchemy.exc import DBAPIError

#: PostgreSQL: a serialization failure, a deadlock that it resolved, a lock that was not to be had.
_STATES = ("40001", "40P01", "55P03")
#: The lower byte of SQLite's extended codes tells the class.
_CLASS = 0xFF


def lost(error: BaseException) -> bool:
    """Whether a transaction was given up because of another one, and nothing is wrong with it.

    Args:
        error: as it was raised, by a statement or by a commit.
    """
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorcode", 0) & _CLASS == sqlite3.SQLITE_BUSY
    return getattr(error.orig, "sqlstate", None) in _STATES
