"""Making a paper: for whom, what it tells, in which language."""

from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional

from casework.web.forms import Form, Pairs, choices

#: The person themselves, in the list of recipients.
PERSON = "person"


class Make(Form):
    """For whom a paper is, and what it tells."""

    recipient = RadioField(
        _("For whom is it?"),
        [InputRequired()],
        description=_("Only those to whom the person agreed, and whose agreement holds today."),
    )
    sections = SelectMultipleField(
        _("What may it tell?"),
        [Optional()],
        description=_("Only what they agreed to. What is not chosen is not on the paper."),
    )
    language = SelectField(_("In which language?"), [InputRequired()])

    def offer(self, recipients: Pairs, sections: Pairs, languages: Pairs) -> None:
        """Fill the lists; nothing is chosen beforehand.

        Args:
            recipients: ids of agreements, and to whom they are.
            sections: that this sort of paper can tell of.
            languages: that papers are written in.
        """
        self.recipient.choices = choices([(PERSON, gettext("The person themselves")), *recipients])
        self.sections.choices = choices(sections)
        self.language.choices = choices(languages)
        if not sections:
            del self.sections

    @property
    def consent_id(self) -> UUID | None:
        """The agreement that was chosen; None for the person."""
        return None if self.recipient.data == PERSON else UUID(self.recipient.data)
