"""Forms about signals: putting one aside, what those affected decided, a note to another desk."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from casework.signals import sharing, thresholds
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


class ShareSignal(Form):
    """That campaign teams may know of it: first whether the place is large enough."""

    there = RadioField(_("How many people work or live there?"), [InputRequired()])
    words = TextAreaField(
        _("What do you want to tell them?"),
        [Optional(), Length(max=200)],
        description=_(
            "What is done to people there, in general words. No person, no number, no workplace that has few people."
        ),
    )

    def offer(self) -> None:
        """Fill the list."""
        least = thresholds.least_there()
        self.there.choices = [
            (sharing.FEW_THERE, gettext("fewer than %(num)s", num=least)),
            (sharing.MANY_THERE, gettext("%(num)s or more", num=least)),
            (
                sharing.NO_PLACE,
                gettext("It is no workplace and no house: an agency, a lender, an office, a rule"),
            ),
        ]
