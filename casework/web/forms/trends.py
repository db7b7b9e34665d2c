"""Forms around published figures."""

from collections.abc import Iterable
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import DateField, FileField, RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from casework.web.forms import Form, choices

PLANS = {
    "small": _("Small: fewer than 1,000 cases a year; two tables, once a year"),
    "large": _("Large: 1,000 cases or more in three months; nine tables, and seven of closed cases"),
}


class Announce(Form):
    """A window is announced."""

    plan = RadioField(
        _("How large is the network?"),
        [InputRequired()],
        description=_("By what everybody knows of it, never by a count of the cases of this window."),
    )
    first_on = DateField(_("First day of the window"), [InputRequired()])
    closes_on = DateField(
        _("Last day for returns"),
        [InputRequired()],
        description=_("After the end of the window. Until then a person can still say no."),
    )
    stewards = SelectMultipleField(
        _("Stewards"),
        [InputRequired()],
        description=_("Two or three coordinators. Two of them together open the returns; one alone cannot."),
    )

    def offer(self, people: Iterable[tuple[UUID, str]]) -> None:
        """Fill the lists."""
        self.plan.choices = choices([(key, str(words)) for key, words in PLANS.items()])
        self.stewards.choices = choices([(str(who), name) for who, name in people])

    @property
    def chosen(self) -> tuple[UUID, ...]:
        """The stewards."""
        return tuple(UUID(one) for one in self.stewards.data or [])


class FromElsewhere(Form):
    """A file of another installation, and its code as it was heard."""

    file = FileField(_("The file that they sent you"))
    digits = StringField(
        _("The code that they read to you"),
        [InputRequired(), Length(max=60)],
        description=_("Thirty digits. Call a number that you knew before, or sit beside them."),
    )
