"""Whether a case that is closed to somebody can be told by what they see before and after it is there.

Every page, count, list, choice, feed and export that a coordinator reaches is read twice: the restricted case may
change nothing in any of them. A case that is not restricted changes some, or the comparison would be blind.

Source: casework practice §5; a restricted case appears in no list, count or search of others.
"""

import re
from uuid import uuid4

import pytest

from tests.web.crawl import reached
from tests.web.test_cases import ref_of
from tests.web.visitor import text

RESPONDENT = "Golden Bridge Qzx"
#: What changes by reading itself, and says nothing of any case.
_FLEETING = re.compile(r" read this record [^,]*, \d+:\d+ UTC Mei|\d{1,2}:\d{2}")
#: Pages inside one case say nothing of others, and pages of rules and words nothing of any.
_INSIDE = re.compile(
    r"/cases/[0-9A-Z]{4}-[0-9A-Z]{4}/(?!respondents|groups)|/rules/|/paper-words/|/account|/lock/"
)


@pytest.fixture
def asha(visit, world):
    return visit(world.asha)


@pytest.fixture
def mei(visit, world, asha):
    """The coordinator, at a desk that has an ordinary case of each sort that the other one will be."""
    _case(asha, "Sita Open")
    return visit(world.mei)


def _case(asha, called):
    """A case with a respondent, a consent for figures, a note and a date: all that is counted anywhere."""
    ref = ref_of(asha.log(called=called, risk="emergency", kind="detention"))
    case = asha.at(f"cases/{ref}")
    asha.get(f"{case}/respondents/name")
    named = {"name": RESPONDENT, "kind": "recruiter", "country": "NP", "role": "recruited"}
    if "Sita Open" in called:
        assert asha.post(f"{case}/respondents/name", named).status_code == 302
    else:
        one = re.search(rf'value="([0-9a-f-]{{36}})"[^>]*>\s*{RESPONDENT}', asha.last).group(1)
        assert (
            asha.post(f"{case}/respondents/name", {"respondent": one, "role": "recruited"}).status_code == 302
        )
    asha.get(f"{case}/consents")
    yes = {"purpose": "trends", "given": "yes", "how": "spoken", "language": "ne"}
    told = yes | {"interpreter": "phone", "present": ["nobody"], "form_token": str(uuid4())}
    assert asha.post(f"{case}/consents", told).status_code == 302
    return ref


def _restrict(asha, world, ref):
    asha.get(asha.at(f"cases/{ref}/who"))
    named = {"who": "named", "named": [str(world.asha.id), str(world.bo.id)]}
    assert asha.post(asha.at(f"cases/{ref}/who"), named).status_code == 302


def seen(mei):
    """What every page says to the coordinator; and what searches find."""
    pages = {path: text(mei.get(path).get_data(as_text=True)) for path in reached(mei, [mei.at()], _INSIDE)}
    for typed in ("Sita", "1112233", "Sita Closed", RESPONDENT):
        mei.get(mei.at("search/"))
        answer = mei.post(mei.at("search/"), {"query": typed}, follow=True)
        pages[f"search {typed}"] = text(answer.get_data(as_text=True))
    return {path: _FLEETING.sub("", page) for path, page in pages.items()}


def test_nothing_that_a_coordinator_sees_changes_with_it(asha, mei, world):
    before = seen(mei)
    assert len(before) > 20
    ref = _case(asha, "Sita Closed")
    _restrict(asha, world, ref)
    after = seen(mei)
    assert set(before) == set(after)
    assert {path: _new(before[path], page) for path, page in after.items() if page != before[path]} == {}
    assert not any(ref in page for page in after.values())
    other = _case(asha, "Sita Other")
    with_another = seen(mei)
    changed = {path for path, page in with_another.items() if page != after.get(path)}
    assert {mei.at(), mei.at("cases/"), "search Sita"} <= changed
    assert other in with_another[mei.at("cases/")]


def _new(old, page):
    """Which words of a page are new."""
    return [word for word in page.split() if word not in set(old.split())] or [len(old), len(page)]
