"""Forms around closed cases: kept longer, no longer, without names now."""

from flask_babel import lazy_gettext as _
from wtforms import DateField, HiddenField, RadioField, StringField
from wtforms.validators import InputRequired, Length

from casework.retention.service import LONGEST_WHY
from casework.retention.stays import What
from casework.web.forms import Form, choices

WORDS = {
    What.HOLD: _("It is held: legal proceedings run, or are to be expected"),
    What.KEEP: _("The person wants it kept"),
}


class Stay(Form):
    """Keeping a case longer."""

    what = RadioField(_("Why does it stay longer?"), [InputRequired()])
    why = StringField(
        _("In a few words"), [InputRequired(), Length(max=LONGEST_WHY)], description=_("Leave names out.")
    )
    until = DateField(_("Until which day?"), [InputRequired()], description=_("It can be kept again then."))

    def offer(self) -> None:
        """Fill the list."""
        self.what.choices = choices([(what.value, str(words)) for what, words in WORDS.items()])


class Lift(Form):
    """What kept a case is over."""

    why = StringField(_("Why is it over?"), [InputRequired(), Length(max=LONGEST_WHY)])
    what = HiddenField()


class Names(Form):
    """Taking the names of a case away now."""

    ref_again = StringField(
        _("Type the reference of this case"),
        [InputRequired(), Length(max=20)],
        description=_("So that no other case goes by mistake."),
    )
