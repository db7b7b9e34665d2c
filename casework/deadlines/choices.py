"""The words of which a rule chooses. docs/deadlines.md says what each does to a date."""

from enum import StrEnum


class Unit(StrEnum):
    """What is counted. Working hours leave out whole days off; the hours of the night count."""

    HOUR = "hour"
    WORKING_HOUR = "working_hour"
    CALENDAR_DAY = "calendar_day"
    WORKING_DAY = "working_day"
    MONTH = "month"

    @property
    def of_hours(self) -> bool:
        """Whether it needs a clock time and gives a moment instead of a day."""
        return self in (Unit.HOUR, Unit.WORKING_HOUR)


class Start(StrEnum):
    """Whether the day of the event is day 1 or day 0."""

    SAME_DAY = "same_day"
    NEXT_DAY = "next_day"


class Direction(StrEnum):
    """Whether the date lies after the event or before it, as a step before a flight does."""

    AFTER = "after"
    BEFORE = "before"


class MonthEnd(StrEnum):
    """Where a month ends that has no such day: on its last day, or on the first of the next month."""

    CLIP = "clip"
    CARRY = "carry"


class Roll(StrEnum):
    """What becomes of a date that falls on a weekend or a holiday."""

    NONE = "none"
    NEXT = "next"
    PREVIOUS = "previous"


class Filing(StrEnum):
    """Whether the paper must have arrived, or only been sent; or nothing is filed."""

    NONE = "none"
    RECEIVED = "received"
    SENT = "sent"


class AppliesBy(StrEnum):
    """Which day decides on the version of a rule: that of the event, or that of the filing."""

    EVENT_DATE = "event_date"
    FILING_DATE = "filing_date"


class Status(StrEnum):
    """How the law stands. A blocked version is named and computed, but leads nowhere."""

    IN_FORCE = "in_force"
    BLOCKED = "blocked"
    PARTLY_BLOCKED = "partly_blocked"
    ANNOUNCED = "announced"
    REPEALED = "repealed"


class Meaning(StrEnum):
    """What the date is for the person: see `lists/meanings.toml`."""

    ACT_BY = "act_by"
    OTHER_SIDE_BY = "other_side_by"
    NOT_BEFORE = "not_before"
    RUNS_UNTIL = "runs_until"
    CHECK_BY = "check_by"


class Sure(StrEnum):
    """How well the row is founded: read in a published source, partly, or told by practice alone."""

    READ = "read"
    PARTLY_READ = "partly_read"
    NOT_READ = "not_read"


class Volatility(StrEnum):
    """How soon the law is expected to move."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Lengthening(StrEnum):
    """The two ways in which a limit grows."""

    STOP_CLOCK = "stop_clock"
    LONGER = "longer"
