"""The named steps of whatever changes keys: found in the source, so that a new one cannot be forgotten.

A step is a function that writes: it adds, changes or deletes rows, or appends to a chain.
"""

import ast
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType

import sqlalchemy as sa

from casework.db import db

ROOT = Path(__file__).parents[2]
#: Where steps stand: all of the vault's keeping, and what the rooms do around it.
WHERE = (
    *sorted((ROOT / "casework/vault/keeping").glob("*.py")),
    *(
        ROOT / f"casework/access/{name}.py"
        for name in ("admitting", "leaving", "locking", "recovery", "returning", "sessions")
    ),
    *(ROOT / f"casework/sharing/{name}.py" for name in ("ending", "grants", "mending", "ruling", "settling")),
    ROOT / "casework/cases/resealing.py",
    *sorted((ROOT / "casework/packets").glob("*.py")),
)
_WRITING = {"insert", "update", "delete", "append", "add", "write"}


class Dies(BaseException):
    """The process is gone; nothing that it did since the last commit is there."""


def named_steps() -> dict[CodeType, str]:
    """Every step, by its code: "room.module.function"."""
    found = {}
    for path in WHERE:
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        module = importlib.import_module(name)
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and any(map(_writes, ast.walk(node))):
                found[getattr(module, node.name).__code__] = f"{name.removeprefix('casework.')}.{node.name}"
    return found


def _writes(node: ast.AST) -> bool:
    """`insert(…)`, `update(…)`, `delete(…)`, `db.session.add(…)`, `ledger.append(…)` and the like, or `row.column = …`."""
    if isinstance(node, ast.Assign):
        return any(ast.unparse(one).lstrip("(").startswith("row.") for one in node.targets)
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    if isinstance(called, ast.Name):
        return called.id in _WRITING - {"add", "append", "write"}
    if not isinstance(called, ast.Attribute) or called.attr not in _WRITING:
        return False
    return ast.unparse(called.value) in {"db.session", "ledger", "keeping"}


@contextmanager
def dies_before(number: int | None, steps: dict[CodeType, str]) -> Iterator[list[str]]:
    """Let everything end before the step or commit of this number, counted from 0; None lets all pass.

    Gives the names of the steps that were reached.
    """
    reached: list[str] = []

    def reach(name: str) -> None:
        reached.append(name)
        if len(reached) - 1 == number:
            raise Dies

    def called(frame, event, _arg):
        if event == "call" and frame.f_code in steps:
            reach(steps[frame.f_code])

    def commits(_connection):
        reach("commit")

    sa.event.listen(db.engine, "commit", commits)
    sys.setprofile(called)
    try:
        yield reached
    finally:
        sys.setprofile(None)
        sa.event.remove(db.engine, "commit", commits)
