"""Several people at one moment: each in a thread with a transaction of its own, as requests are."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask

from casework.db import db


def at_once(app: Flask, *acts: Callable[[], Any]) -> list[Any]:
    """Let all begin together, and commit as the entrance does.

    Returns:
        What each returned, or the error that it raised, in order.
    """
    start = threading.Barrier(len(acts))

    def _play(act: Callable[[], Any]) -> Any:
        with app.app_context():
            start.wait(timeout=60)
            try:
                result = act()
                db.session.commit()
            except Exception as error:  # noqa: BLE001 - whatever it is, the test looks at it
                db.session.rollback()
                return error
            return result

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(_play, acts))
