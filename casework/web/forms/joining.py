"""Forms for joining two cases of one person, and for taking them apart."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from casework.cases.joining import LONGEST_REASON
from casework.web.forms import Form


class Which(Form):
    """The reference of the other case."""

    other = StringField(_("Reference of the other case"), [InputRequired(), Length(max=20)])


class Join(Form):
    """Why two cases are of one person."""

    other = HiddenField()
    reason = TextAreaField(
        _("How do you know that it is one person?"),
        [InputRequired(), Length(max=LONGEST_REASON)],
        description=_("Leave names and numbers out: who looks at either case reads it."),
    )


class Part(Form):
    """Why two cases are taken apart."""

    reason = TextAreaField(
        _("Why are they taken apart?"),
        [InputRequired(), Length(max=LONGEST_REASON)],
        description=_("Leave names out; it stands in the record."),
    )
