"""Sizes of files and functions, to be looked at and not to be held."""

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_SOURCE = Path(__file__).resolve().parent.parent / "casework"


def run() -> list[dict[str, Any]]:
    """Lines of files, and of functions without their docstrings."""
    sources = [path.read_text("utf-8") for path in sorted(_SOURCE.rglob("*.py"))]
    files = [len(source.splitlines()) for source in sources]
    functions = sorted(lines for source in sources for lines in _functions(source))
    return [
        _figure("lines of a file, median", statistics.median(files), len(files)),
        _figure("lines of a file, longest", max(files), len(files)),
        _figure("lines of a function, median", statistics.median(functions), len(functions)),
        _figure(
            "lines of a function, 95th percentile", functions[len(functions) * 95 // 100], len(functions)
        ),
        _figure("lines of a function, longest", functions[-1], len(functions)),
    ]


def _functions(source: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            documented = ast.get_docstring(node) is not None and len(node.body) > 1
            yield (node.end_lineno or node.lineno) - node.body[int(documented)].lineno + 1


def _figure(name: str, value: float, n: int) -> dict[str, Any]:
    return {"name": name, "ours": value, "theirs": None, "unit": "lines", "ratio": None, "n": n}
