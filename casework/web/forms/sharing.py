"""Forms of giving parts of a case to a legal ally, and of the ally's own pages."""

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length

from casework.cases.chosen import OFFERED
from casework.sharing import conflicts, talking
from casework.web.forms import Form, Pairs, choices, coded

_RULINGS = [("allow", _("They may read it all the same")), ("refuse", _("They may not: this ends"))]


class Give(Form):
    """What is given, to whom, until when."""

    ally = SelectField(_("To whom?"), [InputRequired(_("Choose to whom it is given."))])
    sections = SelectMultipleField(
        _("Parts of the case"),
        description=_(
            "Whoever is given a part reads everything in it, and what is added later, until the day below."
            " The part with the names holds numbers and people around the person too."
        ),
    )
    files = SelectMultipleField(_("Files to read"))
    downloads = SelectMultipleField(
        _("Files to take along"),
        description=_("They carry a mark, and are written down as something that left."),
    )
    ends_on = StringField(
        _("Until (the last day)"),
        [InputRequired(), Length(max=20)],
        description=_("Year, month, day, as in 2026-12-31; ninety days at most."),
    )

    def offer(self, allies: Pairs, files: Pairs) -> None:
        """Fill the lists.

        Args:
            allies: id and name of the desk's legal allies.
            files: id and words of the files that can be given.
        """
        words = dict(coded("sections"))
        # Nobody stands there before somebody was chosen: the first of a list would be given to by a slip.
        self.ally.choices = choices(allies, "—") if allies else []
        self.sections.choices = choices([(key, words[key]) for key in OFFERED])
        self.files.choices = self.downloads.choices = choices(files)


class Rule(Form):
    """A coordinator rules on what the conflict check found."""

    ruling = RadioField(_("What do you decide?"), [InputRequired()], choices=choices(_RULINGS))
    reason = TextAreaField(_("Why?"), [InputRequired(), Length(max=1000)])


class Say(Form):
    """A question, an answer, a note."""

    text = TextAreaField(_("Your words"), [InputRequired(), Length(max=talking.LONGEST)])


class Promise(Form):
    """The undertaking, accepted once."""

    accept = BooleanField(_("I have read this, and I promise it"), [InputRequired()])


class Conflicts(Form):
    """Whom an ally acts for or against."""

    names = TextAreaField(
        _("Clients and opponents, one name a line"),
        [Length(max=conflicts.MOST_NAMES * conflicts.LONGEST_NAME)],
        description=_("Write nothing if there is nobody."),
    )
    rev = HiddenField()
