"""The people of the cases' tests work here as well."""

from tests.cases.conftest import asha, bo, events, mei, ram, world  # noqa: F401 - the same people work here
