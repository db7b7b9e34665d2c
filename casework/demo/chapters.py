"""What is done on one case: at the first contact, at every stage, at the end. When, `telling` decides."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from casework.cases.ending import Ending
from casework.cases.first_contact import FirstContact
from casework.demo import contents, dates, files, ledgers, persons, protection, scenes, workers
from casework.demo.cast import Person
from casework.demo.circumstances import Circumstances
from casework.demo.deeds import Ask, Assign, Close, Deed, Link, Log, Move, Note, Reopen, Save, TakeBack
from casework.demo.persons import Named
from casework.demo.sources import table
from casework.demo.wishes import Wish
from casework.people.consents import CASEWORK
from casework.vault import Section

_AT_ONCE = ("first_contact", "safety")
_STEPS = {"assessment": ("assessment",), "plan": ("plan", "legal_review"), "follow_up": ("action",)}
_DANGER = {"danger", "danger_settled", "lapsed"}
_HURRY = {"emergency", "high"}
#: What is kept for a legal step goes by itself after ninety days.
_LATELY = timedelta(days=80)
_TASKS = {"plan", "action"}
#: Days by which such a task is to be done.
_WITHIN = (3, 20)
_TOLD = ("yes", "yes", "yes", "no", "unknown")
_THOROUGH = (0.5, 0.95)
_TAKES_IT = 0.6
_PLANNED = 1 / 3
_STILL = 0.3
_STILL_IN_DANGER = {"lost_contact", "deported", "died"}
_HANDED_OVER = 0.15
_CHANGED_MIND = 0.15
#: How far the money comes at a stage, in percent of what was counted.
_REACHED = {
    "plan": (("claimed", 100), ("documented", 60)),
    "follow_up": (("awarded", 75), ("paid", 30)),
}


class Chapters:
    """A case while it is told.

    Args:
        wish: what it shall be.
        of: what is true of it.
        end: today and now.

    Attributes:
        primary, backup: logins of who works on it.
        identified: whether the person has agreed, or is in danger, so that a name may be kept now.
    """

    def __init__(self, wish: Wish, of: Circumstances, end: datetime) -> None:
        rng = of.rng
        self._wish, self._of, self._end = wish, of, end
        self._named = Named(wish.called, wish.variants, "woman") if wish.called else persons.name(of)
        self._thorough = rng.uniform(*_THOROUGH)
        self._later = contents.asked_for(of)
        self._open_questions = True
        self._calm = wish.risk not in _HURRY
        self.identified = wish.consent in {"yes", "withdrawn", *_DANGER}
        self.primary = workers.somebody(rng, self.staff(wish.opened))
        self.backup = workers.somebody(rng, self.staff(wish.opened), but=self.primary)

    def staff(self, moment: datetime) -> list[Person]:
        """Who worked at the desk at a moment."""
        return workers.there(self._wish.scene.desk, moment, self._end)

    def first(self) -> Iterator[Deed]:
        """The first contact; what cannot wait is asked at once."""
        consent = self._wish.consent
        who = contents.who(self._of, self._named) if self.identified else {}
        asked = consent in {"yes", "no", "withdrawn"}
        yield Log(
            FirstContact(
                answers=contents.first_page(self._of, self._wish) | who,
                consent=contents.agreement(self._of, given=consent != "no") if asked else None,
                danger=self._of.one(table("common")["danger"][self._wish.scene.kind])
                if consent in _DANGER
                else "",
                take=self._of.rng.random() < _TAKES_IT,
            )
        )
        if self._wish.risk in _HURRY:
            yield from self._save(self._kind(()))
        if consent == "no":
            yield Note("note", table("common")["unconsented"]["note"])

    def stage(self, stage: str, now: datetime, reason: str) -> Iterator[Deed]:
        """What is done at a stage.

        Args:
            stage: a status, or `reopened`.
            now: when.
            reason: why it is closed, if it is.
        """
        if stage == "closed":
            yield from self._close(reason)
        elif stage == "reopened":
            yield Reopen(self._of.one(table("common")["reopening"]["motives"]), "action")
            yield from self._notes("action")
        else:
            yield from self._work(stage, now)
            yield Move(stage)

    def _work(self, stage: str, now: datetime) -> Iterator[Deed]:
        if stage == "assessment":
            yield from self._take_on()
        if stage == "action" and self._of.rng.random() < _HANDED_OVER:
            yield from self._hand_over(now)
        yield from self._notes(stage)
        answers = self._kind(_STEPS.get(stage, ()))
        more = {"assessment": self._common, "action": self._calmer}.get(stage, dict)
        yield from self._save(answers | more())
        yield from self._money(stage, now)
        if self.identified:
            yield from self._asks(stage)
            yield from self._protection(stage, now)
        if stage in _TASKS:
            yield from dates.task(self._of.rng, _WITHIN)
        if stage == "plan":
            yield from self._plan(now)

    def _protection(self, stage: str, now: datetime) -> Iterator[Deed]:
        """Hours for a call, once there is time to ask; a status only where it is lately needed, and agreed to."""
        if stage == "assessment":
            yield from protection.hours(self._of)
        elif stage in _TASKS and self._end - now < _LATELY and self._wish.consent not in _DANGER:
            yield from protection.status(self._of)

    def _plan(self, now: datetime) -> Iterator[Deed]:
        """What they want, what is to be done, what was given: in one case of three."""
        if self._of.rng.random() < _PLANNED:
            yield Save(Section.PLAN, contents.plan(self._of, now.date()))

    def _take_on(self) -> Iterator[Deed]:
        """Two workers, consent where nobody could be asked before, and who is answerable."""
        yield Assign(self.primary, self.backup)
        if self._wish.consent in {"later", "danger_settled"}:
            yield Ask(contents.agreement(self._of))
        self.identified |= self._wish.consent == "later"
        for party in self._wish.scene.parties:
            yield Link(self._of.parties[party.slot], party.role)

    def _common(self) -> contents.Answers:
        """What is asked of everybody once there is time."""
        answers = contents.of_every_kind(self._of) | contents.more_of_who(self._of, self._named)
        late = self._wish.consent == "later"
        return answers | (contents.who(self._of, self._named) if late else {})

    def _calmer(self) -> contents.Answers:
        """Danger passes, or is less near, once something is done."""
        if self._calm or self._of.rng.random() < _STILL:
            return {}
        self._calm = True
        return {"risk": self._of.one(("medium", "low")), "safe_now": "yes", "danger_now": "no"}

    def _hand_over(self, now: datetime) -> Iterator[Deed]:
        fresh = workers.somebody(self._of.rng, self.staff(now), but=self.primary)
        yield Note(*table("common")["notes"]["handover"][0])
        yield Assign(fresh, self.primary)
        self.primary, self.backup = fresh, self.primary

    def _notes(self, stage: str) -> Iterator[Deed]:
        known = scenes.notes(self._wish.scene.kind, stage)
        for type_, text in self._of.rng.sample(known, 2 if stage == "action" else 1):
            yield Note(type_, self._of.fill(text))

    def _kind(self, steps: tuple[str, ...]) -> contents.Answers:
        """Answers to the questions of the kind, with those of the first page where they are still open."""
        if self._open_questions:
            self._open_questions, steps = False, (*_AT_ONCE, *steps)
        return contents.of_kind(self._of, steps, self._thorough)

    def _save(self, answers: contents.Answers) -> Iterator[Deed]:
        for section, part in contents.by_section(answers, identified=self.identified):
            yield Save(section, part)

    def _money(self, stage: str, now: datetime) -> Iterator[Deed]:
        """The ledger grows with the case: entered, proved, claimed, then perhaps awarded and in part paid."""
        kind = self._wish.scene.kind
        if stage == "assessment":
            yield from ledgers.entered(self._of)
            yield from files.handed_in(self._of, now, self._end)
        elif kind in ledgers.CLAIMED and stage in _REACHED:
            for reached, part in _REACHED[stage]:
                yield ledgers.Reach(kind, reached, part)
        if stage == "action":
            yield from files.printed(self._of, now, self._end)

    def _asks(self, stage: str) -> Iterator[Deed]:
        """Half of what is asked for comes up at the assessment, the rest with the plan."""
        count = {"assessment": len(self._later) // 2 + 1, "plan": len(self._later)}.get(stage, 0)
        now, self._later = self._later[:count], self._later[count:]
        yield from map(Ask, now)
        if stage == "plan" and now and now[0].given and self._of.rng.random() < _CHANGED_MIND:
            yield TakeBack(now[0].purpose)

    def _close(self, reason: str) -> Iterator[Deed]:
        if self._wish.consent == "withdrawn":
            yield Note("call", table("common")["withdrawing"]["note"])
            yield TakeBack(CASEWORK)
        if reason not in _STILL_IN_DANGER:
            yield from self._save(self._calmer())
        yield Note("note", self._of.one(table("common")["closing"][reason]))
        told, copy = self._of.one(_TOLD), self._of.one(_TOLD)
        words = table("common")["ending"]
        yield Close(
            Ending(
                reason=reason,
                person_told=told,
                copy_offered=copy,
                told_how=self._of.one(words["how"]) if told == "yes" else "",
                not_told_why="" if told == "yes" else self._of.one(words["why_not"]),
                accepted_by=self._of.one(words["accepted_by"]) if reason == "referred" else "",
                referrer_told=self._of.one(words["referrer"]),
                dates_done=self._of.one(words["dates_done"]),
            )
        )
