"""Whatever leaves: every address that answers with a file, and by whose word it does.

A view that gives out a file has to stand in one of the lists below. Where the file tells of a person and goes to somebody
outside, its way leads through `cases.left.agreed`, the one rule of what may leave; each such way is written down
with its recipient (`cases.left.everything`) and stops with the agreement.
"""

import dis
import importlib
import inspect
from types import CodeType, FunctionType, ModuleType

import pytest

from casework.cases import left

# The addresses are the same over any database.
pytestmark = pytest.mark.parametrize("backend", ["sqlite"])

#: Address → what asks for the agreement. An ally holds no key of consents: what they were given ends with the agreement.
LEAVES = {
    "cases.save_evidence": "casework.evidence.saving.save",
    "cases.fetch_paper": "casework.papers.service.fetch",
    "cases.send_packet": "casework.packets.sending.make_file",
    "schedule.show": "casework.papers.schedules.release",
    "review.take_file": "casework.sharing.ending.follow_consents",
    "review.file": "casework.sharing.ending.follow_consents",
}
#: The person's own: nobody else's agreement is needed, and each making is in the record.
THEIR_OWN = {"cases.copy_file", "cases.copy_all"}
#: Leave with the desk itself, or sealed for stewards, under agreements that are asked where they are made: all files of the
#: desk, by two coordinators and told of in each case (`export/departing.py`); figures of those who agreed to be counted; stories
#: of those who agreed to be heard.
OF_THE_DESK = {
    "campaign_papers.make",
    "campaign_papers.take",
    "export.make",
    "return_files.announcement",
    "return_files.make",
}
#: Shown on a page to who works on the case; each opening is in the record.
SHOWN = {"cases.evidence_copy"}
#: Tells of nobody: an empty form, figures that were released, a desk's own card, how many dates lie on a day.
OF_NOBODY = {
    "calendar.read",
    "cases.intake_form",
    "partners.card_file",
    "trends.as_brief",
    "trends.as_csv",
    "trends.as_xlsx",
    "trends.chart",
    "trends.picture",
}

_MARKS = {"Content-Disposition", "mimetype", "Content-Type"}


def _codes(code: CodeType):
    yield code
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _codes(one)


def _called(function: FunctionType, within: str):
    """Functions of a package that a function names, alone or as a part of a module."""
    for code in _codes(function.__code__):
        loaded = [(one.opname, one.argval) for one in dis.get_instructions(code)]
        parts = {name for how, name in loaded if how in {"LOAD_ATTR", "LOAD_METHOD"}}
        for name in {name for how, name in loaded if how == "LOAD_GLOBAL"}:
            found = function.__globals__.get(name)
            if isinstance(found, ModuleType) and found.__name__.startswith(within):
                found = [getattr(found, part, None) for part in parts]
            for one in found if isinstance(found, list) else [found]:
                if isinstance(one, FunctionType) and one.__module__.startswith(within):
                    yield inspect.unwrap(one)


def _reaches(function: FunctionType, wanted, within: str, seen: set) -> bool:
    if function in seen:
        return False
    seen.add(function)
    return wanted(function) or any(_reaches(one, wanted, within, seen) for one in _called(function, within))


def _sends(function: FunctionType) -> bool:
    """Whether it says what kind of file an answer is, or what it is called."""
    for code in _codes(function.__code__):
        for one in code.co_consts:
            if (isinstance(one, str) and one in _MARKS) or (isinstance(one, tuple) and "mimetype" in one):
                return True
    return False


def _giving(app) -> set[str]:
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
        and _reaches(app.view_functions[rule.endpoint], _sends, "casework.web", set())
    }


def test_every_address_that_gives_a_file_is_known(app):
    """One that fails here is new: decide by whose word it leaves, and put it into the list where it belongs."""
    known = LEAVES.keys() | THEIR_OWN | OF_THE_DESK | SHOWN | OF_NOBODY
    giving = _giving(app)
    assert giving - known == set()
    assert known - giving == set()


@pytest.mark.parametrize("endpoint", LEAVES)
def test_what_leaves_asks_for_the_agreement(app, endpoint):
    room, _, name = LEAVES[endpoint].rpartition(".")
    asks = getattr(importlib.import_module(room), name)
    assert _reaches(asks, lambda one: one is left.agreed, "casework", set())
    view = app.view_functions[endpoint]
    if room != "casework.sharing.ending":
        assert _reaches(view, lambda one: one is asks, "casework", set())


def test_a_file_that_is_only_shown_is_no_way_to_the_agreement(app):
    """The test above can fail: there are ways that do not lead there."""
    shown = app.view_functions["cases.evidence_copy"]
    assert not _reaches(shown, lambda one: one is left.agreed, "casework.evidence", set())
