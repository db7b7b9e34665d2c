"""What a paper is made of. A layout sets these; nothing in them is ever read as anything but text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from casework.papers.plain_text import apart, plain

Block = dict[str, Any]
#: What stands between the parts of a line at the top or the foot.
BETWEEN: Final = " · "


@dataclass
class Paper:
    """A paper before it is set.

    Attributes:
        title, lead: at its top.
        blocks: in order.
    """

    title: str
    lead: str = ""
    blocks: list[Block] = field(default_factory=list)

    def heading(self, text: str) -> None:
        """A heading of a part; an empty one is none, because a reader aloud would stumble over it."""
        if plain(text).strip():
            self._words("heading", text)

    def text(self, text: str, look: str = "text") -> None:
        """A paragraph; `look` is text, strong, big or note."""
        if text.strip():
            self._words(look, text)

    def facts(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Labels and values; those without a value are left out."""
        shown = [[apart(label), apart(value)] for label, value in pairs if value]
        if shown:
            self.blocks.append({"is": "facts", "pairs": shown})

    def table(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[int],
        numbers: Sequence[int],
    ) -> None:
        """A table; `numbers` are the columns that stand at the end of their cells."""
        if rows:
            set_rows = [[apart(cell) for cell in row] for row in rows]
            self.blocks.append(
                {
                    "is": "table",
                    "head": [apart(cell) for cell in head],
                    "rows": set_rows,
                    "widths": list(widths),
                    "numbers": list(numbers),
                }
            )

    def points(self, items: Sequence[str]) -> None:
        """A list."""
        if items:
            self.blocks.append({"is": "list", "items": [apart(item) for item in items]})

    def blank(self, label: str, count: int = 1) -> None:
        """Lines to be filled in by hand."""
        self.blocks.append({"is": "blank", "label": apart(label), "count": count})

    def boxes(self, label: str, items: Sequence[str]) -> None:
        """Boxes to be ticked by hand."""
        self.blocks.append({"is": "boxes", "label": apart(label), "items": [apart(item) for item in items]})

    def sign(self, *labels: str) -> None:
        """Lines to be signed on."""
        self.blocks.append({"is": "sign", "labels": [apart(label) for label in labels]})

    def _words(self, look: str, text: str) -> None:
        self.blocks.append({"is": look, "text": apart(text)})
