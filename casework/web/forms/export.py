"""Forms of taking all files of a desk along."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from casework.export.service import LONGEST
from casework.web.forms import Form


class Ask(Form):
    """Why all files are to leave."""

    reason = TextAreaField(
        _("Why do all files have to leave?"),
        [InputRequired(), Length(max=LONGEST)],
        description=_("For the other coordinator and for the record. Without names of people you helped."),
    )


class Agree(Form):
    """The yes of a second coordinator, to exactly what they saw."""

    fingerprint = HiddenField(validators=[InputRequired(), Length(max=64)])
    sure = BooleanField(_("I have spoken with them, and I know why"), [InputRequired()])


class Make(Form):
    """The words of the file, typed once, so that nobody saves a file that nobody can open."""

    drawn = HiddenField(validators=[InputRequired(), Length(max=40)])
    words = StringField(
        _("Type the six words"),
        [InputRequired(), Length(max=600)],
        description=_("From your paper, not from the screen. Hyphens and capitals do not matter."),
    )
