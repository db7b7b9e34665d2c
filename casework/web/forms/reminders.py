"""Where and when somebody wants mail."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length

from casework.errors import Invalid
from casework.reminders.wishes import LONGEST, Wish
from casework.web.forms import Form, choices, coded
from casework.web.forms.select import SelectField


class Mail(Form):
    """An address, and the hours in which nothing comes."""

    address = StringField(_("Address of your mailbox"), [InputRequired(), Length(max=LONGEST)])
    zone = SelectField(_("Where is your clock?"), [InputRequired()])
    quiet_from = SelectField(
        _("No mail from"),
        description=_(
            "Quiet hours hold everything back, emergencies too. Somebody on call leaves both at the same hour."
        ),
    )
    quiet_until = SelectField(_("until"))
    digest = BooleanField(
        _("Every morning, when the desk has dates for today or missed ones"),
        description=_("For coordinators. It does not say how many."),
    )

    def offer(self, *, coordinator: bool) -> None:
        """Fill the lists.

        Args:
            coordinator: whether the whole desk can be asked for.
        """
        self.zone.choices = choices(coded("zones"), gettext("Please choose"))
        hours = choices([(str(hour), f"{hour:02}:00") for hour in range(24)])
        self.quiet_from.choices = self.quiet_until.choices = hours
        if not coordinator:
            del self.digest

    def begin(self, wish: Wish | None, zone: str) -> None:
        """Start from what was asked for before, or from what most would choose.

        Args:
            wish: what was asked for.
            zone: of the desk.
        """
        start = wish or Wish("", "en", zone)
        self.address.data, self.zone.data = start.address, start.zone
        self.quiet_from.data, self.quiet_until.data = str(start.quiet_from), str(start.quiet_until)
        if "digest" in self:
            self.digest.data = start.digest

    def wish(self, language: str) -> Wish:
        """What was asked for.

        Args:
            language: of the mails: that of the page.

        Raises:
            Invalid: an hour is none of the list.
        """
        try:
            begin, end = int(self.quiet_from.data), int(self.quiet_until.data)
        except (TypeError, ValueError):
            raise Invalid("Please choose from the list.", "quiet_from") from None
        digest = "digest" in self and bool(self.digest.data)
        return Wish((self.address.data or "").strip(), language, self.zone.data, begin, end, digest)
