"""Forms about signals: putting one aside, what those affected decided, a note to another desk."""

from flask_babel import lazy_gettext as _
from wtforms import DateField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from casework.web.forms import Form, choices, coded


class PutAside(Form):
    """Not now, until when, and why."""

    until = DateField(_("Until when?"), [InputRequired()])
    why = TextAreaField(
        _("Why?"),
        [InputRequired(), Length(max=300)],
        description=_("For the next coordinator. No person's name."),
    )


class Decide(Form):
    """What those affected decided. There is no field for who was there."""

    on = DateField(_("On which day did they meet?"), [InputRequired()])
    what = RadioField(_("What did they decide?"), [InputRequired()])
    text = TextAreaField(
        _("In their words"),
        [Optional(), Length(max=1000)],
        description=_("What they want, and what they do not want. Not who was there, and no names."),
    )

    def offer(self) -> None:
        """Fill the list."""
        self.what.choices = choices(coded("meeting_decisions"))


class WriteNote(Form):
    """A note to the coordinators of another desk."""

    text = TextAreaField(
        _("Write to their coordinators"),
        [InputRequired(), Length(max=1000)],
        description=_("How to reach you, and what you propose. No person, no case, no number of people."),
    )
