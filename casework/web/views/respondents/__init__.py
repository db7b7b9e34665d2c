"""The register of those who are answerable, shared by the desks of a network."""

from casework.web.views.respondents import chains, entries, merging
from casework.web.views.respondents.blueprint import pages

__all__ = ["chains", "entries", "merging", "pages"]
