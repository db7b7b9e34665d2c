"""One case from its first contact to where it stands, as deeds with their moments."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from casework.demo import dates, diary, hours, workers
from casework.demo.cast import desks
from casework.demo.chapters import Chapters
from casework.demo.circumstances import arise
from casework.demo.deeds import Arrive, Deed, Lapse, Note, ReadRecord, Restrict
from casework.demo.protection import StillSafe
from casework.demo.sources import table
from casework.demo.wishes import Wish

#: Time that one deed takes.
_DEED = timedelta(minutes=3)
_LAPSE = timedelta(hours=72, minutes=5)
_QUIET = timedelta(days=14)
_TRIES = (timedelta(days=34), timedelta(days=17))
_LATELY = timedelta(days=8)
#: Days from now by which what is set as a task today is to be done.
_SOON = (0, 12)
_CALLED = 0.6
_ASKED = 0.7
_BY_A_COLLEAGUE = 0.25
_LOOKED_INTO = 0.06
_REASONS = ("covering", "person_called", "asked")


@dataclass(frozen=True)
class Step:
    """Somebody's deed at a moment.

    Attributes:
        at: when.
        case: the number of the case in the demo; -1 for what belongs to none.
        who, desk: a login, and the key of the desk.
        deed: what they do.
    """

    at: datetime
    case: int
    who: str
    desk: str
    deed: Deed


class Telling:
    """A case while it is told.

    Args:
        rng: decides.
        number: of the case in the demo.
        wish: what it shall be.
        chapters: what is done on it.
        end: today and now; nothing happens after it.
    """

    def __init__(self, rng: Random, number: int, wish: Wish, chapters: Chapters, end: datetime) -> None:
        self._rng, self._number, self._wish, self._chapters = rng, number, wish, chapters
        self._end, self._now = end, wish.opened
        self._desk = desks()[wish.scene.desk]
        self._steps: list[Step] = []

    def steps(self) -> list[Step]:
        """All of it, in order."""
        reason = diary.ending(self._wish, self._end)
        stages = diary.stages(self._rng, self._wish, reason)
        moments = diary.moments(self._rng, self._desk, self._wish, len(stages), self._end)
        self._sit(self._wish.opened, (*self._chapters.first(), *self._take_up()))
        for stage, moment in zip(stages, moments, strict=True):
            self._lapse_before(moment)
            if stage == "closed" and reason == "lost_contact":
                self._try(moment)
            elif stage != "reopened" and moment - self._now > _QUIET and self._rng.random() < _CALLED:
                self._look_in(moment)
            self._stage(stage, moment, reason)
        if stages and self._wish.status != "closed":
            for moment in dates.last_look(self._rng, self._now, self._end):
                self._keep_up(hours.next_open(self._rng, self._desk, moment))
        self._look_into()
        if self._wish.restricted:
            named = (self._chapters.primary, self._chapters.backup, *self._coordinators())
            self._sit(self._now, [Restrict(named)])
        return [step for step in self._steps if step.at <= self._end]

    def _stage(self, stage: str, moment: datetime, reason: str) -> None:
        """What is done at a stage, and what became of the dates; before a case ends, all of them are over."""
        if stage == "closed":
            self._heed(moment, closing=True)
        self._sit(moment, (Arrive(), *self._chapters.stage(stage, moment, reason)))
        if stage != "closed":
            self._heed(moment)

    def _take_up(self) -> Iterator[Deed]:
        """An emergency is somebody's at once, except where the demo shows one that still waits."""
        if self._wish.risk == "emergency" and not self._wish.waits:
            yield dates.TakeUp()

    def _heed(self, moment: datetime, *, closing: bool = False, late: bool = False) -> None:
        """Whoever works on it goes through its dates; whoever stands in agrees to what is struck out."""
        self._sit(moment, [dates.Heed(self._rng.random(), closing, late)])
        self._sit(moment, [dates.Agree()], self._chapters.backup)

    def _keep_up(self, moment: datetime) -> None:
        """Between stages somebody looks at what is due, and now and then sets a task."""
        lately = self._end - moment < _LATELY
        self._sit(moment, [Arrive()])
        self._heed(moment, late=lately)
        if lately:
            self._sit(moment, [StillSafe()] * (self._rng.random() < _ASKED))
            self._sit(moment, dates.task(self._rng, _SOON))

    def _sit(self, moment: datetime, deeds: Iterable[Deed], who: str = "") -> None:
        """Somebody sits down to it, and does one thing after another."""
        self._now = max(self._now, moment)
        for deed in deeds:
            doer = who or self._chapters.primary
            self._steps.append(Step(self._now, self._number, doer, self._desk.key, deed))
            self._now += _DEED

    def _lapse_before(self, moment: datetime) -> None:
        """The 72 hours of an emergency in which nobody came to be asked."""
        lapse = self._wish.opened + _LAPSE
        if self._wish.consent == "lapsed" and self._chapters.identified and lapse < moment:
            self._sit(lapse, [Lapse()])
            self._chapters.identified = False

    def _try(self, closing: datetime) -> None:
        """Contact is lost only after three tries over thirty days; the last of them on the last day."""
        first, second, third = (Note(*line) for line in table("common")["notes"]["lost"])
        for before, note in zip(_TRIES, (first, second), strict=True):
            self._sit(hours.next_open(self._rng, self._desk, closing - before), [Arrive(), note])
        self._sit(closing, [third])

    def _look_in(self, moment: datetime) -> None:
        """Something small in a quiet time; now and then a colleague stands in, and says why."""
        midway = self._now + (moment - self._now) * self._rng.uniform(0.3, 0.7)
        when = hours.next_open(self._rng, self._desk, midway)
        note = Note(*self._rng.choice(table("common")["notes"]["any"]))
        if self._rng.random() < _BY_A_COLLEAGUE:
            free = self._chapters.staff(when)
            colleague = workers.somebody(self._rng, free, but=self._chapters.primary)
            self._sit(when, [Arrive(self._rng.choice(_REASONS)), note], colleague)
        else:
            self._sit(when, [Arrive(), note])

    def _coordinators(self) -> list[str]:
        """All of them: whoever reads the list of the desk for the others sees this case too."""
        staff = self._chapters.staff(self._now)
        return [one.login for one in staff if one.role == "coordinator"]

    def _look_into(self) -> None:
        """A coordinator reads the record of a case now and then."""
        if self._rng.random() < _LOOKED_INTO:
            day = (self._now + timedelta(days=1)).astimezone(self._desk.zone).date()
            who = workers.coordinator(self._rng, self._chapters.staff(self._now))
            self._sit(hours.open_moment(self._rng, self._desk, day), [ReadRecord()], who)


def tell(rng: Random, number: int, wish: Wish, numbers: Iterator[str], end: datetime) -> list[Step]:
    """A case as a list of deeds.

    Args:
        rng: decides.
        number: of the case in the demo.
        wish: what it shall be.
        numbers: telephone numbers that nobody has yet.
        end: today and now.
    """
    of = arise(rng, wish.scene, wish.opened, numbers, wish.home, wish.pattern)
    return Telling(rng, number, wish, Chapters(wish, of, end), end).steps()
