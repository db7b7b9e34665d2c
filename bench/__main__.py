"""`python -m bench`: run what the modules beside this one measure, show it, keep it in results.json.

A module has `run()`, which returns a list of results. Nothing here passes or fails: goals stand in
the issues, and tests hold what must hold.
"""

import importlib
import json
import sys
from pathlib import Path
from typing import TypedDict

_HERE = Path(__file__).parent


class Result(TypedDict):
    """One figure beside what it is compared with.

    Attributes:
        name: as the goal names it.
        ours, theirs: both in `unit`; None where there is nothing to compare with.
        ratio: ours divided by theirs.
        n: how many times it was measured, or how many things were measured together.
    """

    name: str
    ours: float
    theirs: float | None
    unit: str
    ratio: float | None
    n: int


def main(wanted: list[str]) -> None:
    """Run the modules that are wanted, all of them if none is named.

    Args:
        wanted: names of modules in this folder.
    """
    sys.path.insert(0, str(_HERE.parent))
    results: list[Result] = []
    for path in sorted(_HERE.glob("[!_]*.py")):
        if not wanted or path.stem in wanted:
            module = importlib.import_module(f"bench.{path.stem}")
            if hasattr(module, "run"):
                results += module.run()
    (_HERE / "results.json").write_text(json.dumps(results, indent=2) + "\n", "utf-8")
    show(results)


def show(results: list[Result]) -> None:
    """Print a table."""
    width = max((len(result["name"]) for result in results), default=4)
    print(f"{'name':{width}}  {'ours':>12}  {'theirs':>12}  {'unit':8}  {'ratio':>7}  {'n':>7}")
    for result in results:
        cells = [_figure(result["ours"]), _figure(result["theirs"])]
        ratio = "" if result["ratio"] is None else f"{result['ratio']:.2f}"
        print(
            f"{result['name']:{width}}  {cells[0]:>12}  {cells[1]:>12}  {result['unit']:8}  {ratio:>7}  {result['n']:>7}",
        )


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"  # noqa: PLR2004 - four digits are enough below a thousand


if __name__ == "__main__":
    main(sys.argv[1:])
