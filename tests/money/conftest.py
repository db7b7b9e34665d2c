"""The rules of the house, as every calculator of these tests looks them up."""

import pytest

from casework.money import rule_files


@pytest.fixture(scope="session")
def book():
    return rule_files.house()
