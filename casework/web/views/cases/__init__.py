"""Pages of cases. Each file of this folder adds its routes to the one blueprint."""

from casework.web.views.cases import (
    consents,
    entries,
    evidence,
    first_contact,
    life,
    listing,
    money,
    money_aloud,
    money_kept,
    money_lines,
    money_table,
    page,
    respondents,
    saved,
    sections,
    who,
    why,
)
from casework.web.views.cases.blueprint import pages

__all__ = [
    "consents",
    "entries",
    "evidence",
    "first_contact",
    "life",
    "listing",
    "money",
    "money_aloud",
    "money_kept",
    "money_lines",
    "money_table",
    "page",
    "pages",
    "respondents",
    "saved",
    "sections",
    "who",
    "why",
]
