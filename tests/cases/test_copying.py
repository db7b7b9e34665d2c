import json
from uuid import uuid4

import pytest

from casework import clock
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import copying, entries
from casework.errors import Denied
from tests import factories


def test_everything_that_was_kept_stands_in_the_copy(asha):
    case = factories.case(asha, called="Amina Hassan", what_happened="Three months without pay")
    entries.add(asha, case.ref, "call", clock.now(), "She called back", uuid4())
    made = copying.gather(asha, case.ref)
    text = json.dumps(copying.for_machines(made), ensure_ascii=False)
    for kept in ("Amina Hassan", "Three months without pay", "She called back", case.ref, "casework"):
        assert kept in text
    assert made.refused == 0
    events = [seen.event for seen in audit.of_case(asha.desk, made.case.keys)]
    assert Event.CASE_COPIED in events


def test_a_room_hands_its_part_in(asha, monkeypatch):
    monkeypatch.setattr(copying, "_parts", {})
    copying.part_of_copy("ledger", lambda case: {"lines": [case.row.ref]})
    case = factories.case(asha)
    assert copying.for_machines(copying.gather(asha, case.ref))["more"] == {"ledger": {"lines": [case.ref]}}


def test_who_opens_no_case_makes_no_copy(world, asha):
    case = factories.case(asha)
    with pytest.raises(Denied):
        copying.gather(world.actor(world.luz), case.ref)
