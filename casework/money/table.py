"""`python -m casework.money.table`: writes the table of all rules about money into docs/money.md."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from casework.money import rule_files
from casework.money.rules import Mark, Rule, RuleBook

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "money.md"
BEGIN: Final = "<!-- rules: written by python -m casework.money.table -->"
END: Final = "<!-- end of rules -->"

_HEAD: Final = (
    "| Rule | What it is | Stands | Days | Known from | Checked | Look again |\n|---|---|---|---|---|---|---|"
)


def table(book: RuleBook) -> str:
    """All rules of a book, by kind."""
    parts = []
    for kind in sorted({rule.kind for rule in book.rules.values()}):
        rows = "\n".join(_row(rule) for rule in book.choose(kind))
        parts.append(f"### {kind}\n\n{_HEAD}\n{rows}\n")
    return "\n".join(parts)


def _row(rule: Rule) -> str:
    source = f"[{rule.source}]({rule.source_url})" if rule.source_url else rule.source
    known = f"read: {source}" if rule.mark is Mark.READ else f"**not confirmed**: {source}"
    stands = str(rule.status).replace("_", " ")
    cells = (
        f"`{rule.id}`",
        rule.title,
        stands,
        _days(rule),
        known,
        rule.checked_on.isoformat(),
        rule.recheck_after.isoformat(),
    )
    return _cells(cells)


def _cells(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _days(rule: Rule) -> str:
    if rule.effective_from is None and rule.effective_to is None:
        return "not stated"
    return f"{rule.effective_from or '…'} to {rule.effective_to or '…'}"


def page(text: str, book: RuleBook) -> str:
    """The page with the table of this book in its place.

    Raises:
        ValueError: the page has no place for it.
    """
    before, found, rest = text.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not found or not ended:
        raise ValueError(f"{PAGE.name} needs the lines {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{table(book)}\n{END}{after}"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(PAGE.read_text("utf-8"), rule_files.house()), "utf-8")


if __name__ == "__main__":
    main()
