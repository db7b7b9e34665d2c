"""Invented forms that use every kind of field."""

from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
    validators,
)

from tests.browser.look.people import KINDS

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
MONTHS = list(enumerate(MONTH_NAMES, 1))


def choices(*pairs: tuple[str, ...]) -> list[SelectChoice]:
    """Choices of a field: value, words, and perhaps what helps to choose."""
    return [SelectChoice(value, label, {"help": more[0]} if more else {}) for value, label, *more in pairs]


ANSWERS = choices(("yes", "Yes"), ("no", "No"), ("unknown", "Not known"), ("not_asked", "Not asked"))


class When(Form):
    day = StringField("Day")
    month = SelectField("Month", choices=choices(("", ""), *((str(n), word) for n, word in MONTHS)))
    year = StringField("Year")
    written = StringField("As written")
    calendar = SelectField("Calendar", choices=choices(("gregorian", "Gregorian"), ("hijri", "Hijri")))


class Money(Form):
    amount = StringField("Amount")
    currency = SelectField("Currency", choices=choices(("KWD", "KWD"), ("NPR", "NPR"), ("EUR", "EUR")))


class Child(Form):
    called = StringField("Called")


class Contact(Form):
    token = HiddenField(default="x")
    language = SelectField(
        "Which language do they speak?",
        [validators.InputRequired()],
        choices=choices(("ar", "العربية"), ("ne", "नेपाली"), ("bn", "বাংলা"), ("am", "አማርኛ"), ("en", "English")),
    )
    safe = RadioField(
        "Is the person safe now?",
        [validators.InputRequired()],
        choices=ANSWERS,
        description="If not, everything else can wait.",
    )
    called = StringField("What may we call them?", description="Any name that they like. It may stay empty.")
    phone = TelField("How may we reach them?", description="Only if they say that it is safe.")
    arrested = FormField(When, "When were they taken?")
    owed = FormField(Money, "What is owed?")
    kinds = SelectMultipleField("What is it about?", choices=choices(*KINDS.items()))
    risk = RadioField(
        "How urgent is it?",
        choices=choices(
            ("emergency", "Emergency", "Somebody acts within the hour"),
            ("high", "High", "Within a day"),
            ("medium", "Medium", "Within three days"),
            ("low", "Low", "Within a week"),
        ),
    )
    alone = BooleanField(
        "They are alone, or with somebody they chose",
        description="Not with an employer, an agent or a guard.",
    )
    words = TextAreaField("What happened, in a few words?")
    children = FieldList(FormField(Child), "Children who were left outside", min_entries=1)


class Wrong(Form):
    number = TelField(
        "How may we reach them?",
        [validators.Length(min=6, message="This looks too short for a phone number.")],
        description="Only if they say that it is safe.",
    )
    now = RadioField(
        "Is the person safe now?",
        [validators.InputRequired("Choose one, or say that it was not asked.")],
        choices=ANSWERS[:3],
    )


class Filters(Form):
    sort = SelectField("Sort by", choices=choices(("due", "Next deadline"), ("changed", "Changed last")))
    kind = SelectField("Kind", choices=choices(("", "Any"), *KINDS.items()))
    risk = SelectField("Risk", choices=choices(("", "Any"), ("emergency", "Emergency"), ("high", "High")))


class Look(Form):
    query = StringField("Look for")


def wrong() -> Wrong:
    """A form that was sent with mistakes in it."""
    form = Wrong(data={"number": "123"})
    form.number.raw_data = ["123"]
    form.validate()
    return form
