"""The demo is made on whatever day somebody tries it: each plan keeps the rules that the services will hold it to."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from casework import codes
from casework.cases import kinds
from casework.demo import deeds
from casework.demo.plan import plan
from casework.vault import Section

ENDS = st.builds(datetime.combine, st.dates(date(2026, 1, 1), date(2031, 1, 1)), st.times(), st.just(UTC))
LASTS = timedelta(hours=72)
IN_A_CLOSED_CASE = deeds.Arrive | deeds.ReadRecord | deeds.Reopen | deeds.TakeBack | deeds.Lapse


class Pretended:
    """A case as the rules see it, without a database."""

    def __init__(self, log) -> None:
        self.status = "contact"
        self.workers: set[str] = set()
        self.agreed = bool(log.deed.contact.consent and log.deed.contact.consent.given)
        self.danger_until = log.at + LASTS if log.deed.contact.danger else None
        self.at = log.at
        if {"called", "reach"} & set(log.deed.contact.answers):
            assert self.may_be_named(log.at)

    def may_be_named(self, moment):
        return self.agreed or (self.danger_until is not None and moment < self.danger_until)

    def take(self, step):
        """Go on with the next step, or say which rule it breaks."""
        assert step.at > self.at
        self.at = step.at
        if self.status == "closed":
            assert isinstance(step.deed, IN_A_CLOSED_CASE), step
        getattr(self, f"_{type(step.deed).__name__.casefold()}", lambda _: None)(step)

    def _save(self, step):
        assert step.deed.section is not Section.IDENTITY or self.may_be_named(step.at), step

    def _ask(self, step):
        if step.deed.answer.purpose == "casework":
            self.agreed = step.deed.answer.given

    def _takeback(self, step):
        self.agreed &= step.deed.purpose != "casework"

    def _assign(self, step):
        self.workers = {step.deed.primary, step.deed.backup}
        assert len(self.workers) == 2

    def _move(self, step):
        self._go(step.deed.to)

    def _close(self, step):
        assert step.deed.ending.reason in codes.load("closing_reasons")
        self._go("closed")

    def _reopen(self, step):
        assert self.status == "closed"
        self._go(step.deed.to)

    def _go(self, to):
        assert to in codes.load("statuses").fact(self.status, "moves")
        assert self.workers or to == "closed"
        self.status = to


def pretend(steps):
    """Every case at the end of a plan."""
    told: dict[int, Pretended] = {}
    for step in steps:
        if isinstance(step.deed, deeds.Log):
            told[step.case] = Pretended(step)
        elif step.case >= 0:
            told[step.case].take(step)
    return told


@settings(max_examples=25)
@given(ENDS)
def test_a_small_demo_keeps_the_rules_and_has_everything_on_any_day(end):
    steps = plan(end, 28)
    told = pretend(steps)
    assert {case.status for case in told.values()} == {code.key for code in codes.load("statuses")}
    pages = [step.deed.contact.answers for step in steps if isinstance(step.deed, deeds.Log)]
    assert {page["kind"] for page in pages} == {kind.key for kind in kinds.all()}
    assert {page.get("risk") for page in pages} >= {code.key for code in codes.load("risk")}
    running = [
        case for case in told.values() if case.danger_until and case.danger_until > end and not case.agreed
    ]
    assert len(running) == 2


@settings(max_examples=3)
@given(ENDS)
def test_a_whole_demo_keeps_the_rules_on_any_day(end):
    assert len(pretend(plan(end, 200))) == 200
