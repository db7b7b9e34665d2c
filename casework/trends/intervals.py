"""The intervals of a plan, worked out from its budget and written into its file, so that no page promises another."""

import re
from pathlib import Path

from casework.trends import noise
from casework.trends.plans import DIRECTORY, Plan, read

_WITHIN = re.compile(r"^within = .*$", re.MULTILINE)


def of(plan: Plan) -> dict[str, tuple[int, ...]]:
    """Half of the 95 % interval of each table, in cases, by part of the plan."""
    return {name: noise.widths(noise.scheme(part)) for name, part in plan.parts.items()}


def written(path: Path) -> str:
    """The text of a plan's file with every `within` as it is computed.

    Args:
        path: the file; its parts stand in their order, each with its tables.
    """
    values = iter([width for part in of(read(path)).values() for width in part])
    return _WITHIN.sub(lambda _: f"within = {next(values)}", path.read_text("utf-8"))


def write(directory: Path = DIRECTORY) -> list[Path]:
    """Write the intervals of every plan of a folder.

    Returns:
        The files that were not as computed.
    """
    changed = []
    for path in sorted(directory.glob("*.toml")):
        if (text := written(path)) != path.read_text("utf-8"):
            path.write_text(text, "utf-8")
            changed.append(path)
    return changed
