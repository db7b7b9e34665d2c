"""Making a paper: for whom, what it tells, in which language."""

from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Optional

from casework.web.forms import Form, Pairs, choices, coded

#: The person themselves, in the list of recipients.
PERSON = "person"
#: A receipt that is filled in by hand, in the list of payments.
BY_HAND = "none"


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
    home_state = RadioField(
        _("If it goes to an authority: is it of the country that the person comes from?"),
        [Optional()],
        description=_("Not known counts as yes: then a second person has to release it first."),
    )
    payment = SelectField(
        _("For which payment?"),
        [Optional()],
        description=_(
            "It is filled in where the paper may tell of money; what is not known is a line to write on."
        ),
    )
    language = SelectField(_("In which language?"), [InputRequired()])

    def offer(
        self, recipients: Pairs, sections: Pairs, languages: Pairs, payments: Pairs = (), *, to_states: bool
    ) -> None:
        """Fill the lists; nothing is chosen beforehand.

        Args:
            recipients: ids of agreements, and to whom they are.
            sections: that this sort of paper can tell of.
            languages: that papers are written in.
            payments: that a receipt can be for, the newest first.
            to_states: whether one of the recipients is an authority.
        """
        self.recipient.choices = choices([(PERSON, gettext("The person themselves")), *recipients])
        self.sections.choices = choices(sections)
        self.language.choices = choices(languages)
        self.home_state.choices = choices(coded("answers"))
        self.payment.choices = choices(
            [*payments, (BY_HAND, gettext("None of these: to be filled in by hand"))]
        )
        if not payments:
            del self.payment
        if not sections:
            del self.sections
        if not to_states:
            del self.home_state

    @property
    def of_home_state(self) -> str:
        """What was said of the recipient's state; nothing said is not known."""
        return (self.home_state.data or "unknown") if "home_state" in self else "unknown"

    @property
    def payment_id(self) -> UUID | None:
        """The payment that was chosen; None where there is none, or it is filled in by hand."""
        chosen = self.payment.data if "payment" in self else BY_HAND
        return None if chosen == BY_HAND else UUID(chosen)

    @property
    def consent_id(self) -> UUID | None:
        """The agreement that was chosen; None for the person."""
        return None if self.recipient.data == PERSON else UUID(self.recipient.data)


class Words(Form):
    """A desk's own words in one place of its papers."""

    text = TextAreaField(
        _("Your words"),
        [Optional()],
        description=_(
            "Leave it empty to have ours back. Words in braces are filled in; the list stands below."
        ),
    )
    rev = HiddenField()

    @property
    def revision(self) -> int:
        """Which revision the writer had seen."""
        return int(self.rev.data) if (self.rev.data or "").isdecimal() else -1
