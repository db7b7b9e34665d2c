"""Forms around the dates of a case and of a desk."""

from datetime import date
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from casework.cases import values
from casework.cases.fields import Field, Type
from casework.deadlines.words import msgid
from casework.errors import Invalid
from casework.web.forms import Form, choices
from casework.web.forms.select import SelectField

_NO_NAMES = _("Leave names out; it stands in the record.")


class Reason(Form):
    """Why a date is done, struck out or taken up again."""

    reason = TextAreaField(
        _("What was done, or why it does not count"),
        [InputRequired(), Length(max=400)],
        description=_NO_NAMES,
    )


class Outcome(Form):
    """What came of a step."""

    reason = StringField(_("What came of it"), [InputRequired(), Length(max=400)], description=_NO_NAMES)


class Pair(Form):
    """Whose a date or a task is, and who stands in."""

    owner = SelectField(_("Whose it is"))
    backup = SelectField(_("Stand-in"))

    def offer(self, people: list[tuple[str, str]]) -> None:
        """Fill the lists.

        Args:
            people: id and name of those who can work on it.
        """
        self.owner.choices = self.backup.choices = choices(people, gettext("Whoever works on the case"))

    @property
    def pair(self) -> tuple[UUID | None, UUID | None]:
        """Who was chosen."""
        return _id(self.owner.data), _id(self.backup.data)


class Task(Pair):
    """Something to be done by a day."""

    title = StringField(
        _("What is to be done"), [InputRequired(), Length(max=120)], description=_("Leave names out.")
    )
    contact = BooleanField(
        _("Somebody speaks with the person then"),
        description=_("Today then has a button for when nobody answers."),
    )


class MarkRule(Form):
    """What somebody says of a rule as it stands."""

    mark = RadioField(_("What do you say of it?"), [InputRequired()])
    source = TextAreaField(
        _("Where that can be read"),
        [InputRequired(), Length(max=600)],
        description=_("A law, a judgment, a page, and the day on which you looked."),
    )
    digest = HiddenField()
    token = HiddenField()

    def offer(self) -> None:
        """Fill the list."""
        self.mark.choices = choices(
            [
                ("verified", gettext("Verified: it counts as it stands")),
                ("disputed", gettext("Disputed: ask before you rely on it")),
                ("blocked", gettext("Blocked: a court or a law keeps it from counting")),
                ("none", gettext("Nothing: take back what was said")),
            ]
        )


class MendMarks(Form):
    """Letting what is said of rules stand, after some of it was taken out or changed."""

    reason = TextAreaField(
        _("Why it may stand as it is"), [InputRequired(), Length(max=600)], description=_("Leave names out.")
    )


class HandOver(Form):
    """What the next shift must know."""

    text = TextAreaField(
        _("What must the next shift know?"),
        [InputRequired(), Length(max=4000)],
        description=_(
            "References rather than names. Everybody of this desk reads it; it goes after thirty days."
        ),
    )
    token = HiddenField()


#: The day of a task, asked like every other day: in words, by the month, in another calendar.
DUE = Field(
    key="due",
    label=msgid("By which day?"),
    type=Type.DATE,
    section="legal",
    step="plan",
    why_sealed="",
    kept="case",
    required=True,
)


def due_of(answers: values.Answers) -> date:
    """The day that was typed.

    Raises:
        Invalid: none, or one that is no exact day.
    """
    found = answers.values.get(DUE.key)
    if not found or not found.get("date") or found.get("precision") != "day":
        raise Invalid("Write day, month and year.", DUE.key)
    return date.fromisoformat(found["date"])


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Invalid("Please choose from the list.") from None
