"""Invented people in several scripts, as plain values of the shape that the templates expect."""

from types import SimpleNamespace
from typing import Any

import segno
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
    validators,
)

MONTHS = [
    (n, w)
    for n, w in enumerate(
        "January February March April May June July August September October November December".split(), 1
    )
]
KINDS = {
    "detention": "Detention",
    "deportation": "Deportation",
    "wage_theft": "Wage theft",
    "trafficking": "Trafficking",
    "recruitment_debt": "Recruitment debt",
}


def case(called: str, ref: str, risk: str, kinds: str, **more: Any) -> SimpleNamespace:
    """One case as a list shows it."""
    given: dict[str, Any] = {
        "href": "#" + ref,
        "called": called,
        "ref": ref,
        "risk": (risk, risk.capitalize()) if risk else None,
        "kinds": [(k, KINDS[k]) for k in kinds.split()],
        "status": ("assessment", "Assessment"),
        "worker": "Amina Diallo",
        "due": None,
        "changed": "2 days ago",
        "reason": None,
        "safe": ("careful", "Text only, after 20:00"),
        "seen_by": "Harbour desk (6 people)",
    }
    return SimpleNamespace(**{**given, **more})


def cases() -> list[SimpleNamespace]:
    """Cases in five scripts, with the shapes that break a layout."""
    soon = ("in 4 hours", "2031-05-04T16:00:00+00:00", "now")
    return [
        case("أمينة عبد الرحمن", "KQ7M-2XPD", "emergency", "detention deportation", due=soon),
        case(
            "सुनिता तामाङ",
            "H4TR-9WNC",
            "high",
            "recruitment_debt wage_theft",
            due=("3 May", "2031-05-03", "soon"),
            worker="",
        ),
        case("মোহাম্মদ রফিকুল ইসলাম", "B2VX-7KQF", "medium", "wage_theft", due=("12 June", "2031-06-12", None)),
        case("ብርሃነ ገብረመድህን", "N8PL-3DGJ", "low", "trafficking", worker="ውብሸት"),
        case(
            "Maria Concepción Dela Cruz-Villanueva de los Santos",
            "T5ZC-6MHB",
            "medium",
            "wage_theft recruitment_debt",
        ),
        case("", "W9FD-4RKV", "", "", changed="today", worker="", reason="phone ends in 4471"),
        case("Juma", "X3GN-8TQL", "low", "detention", status=("closed", "Closed")),
    ]


def entries() -> list[dict[str, Any]]:
    """What was done in a case."""
    return [
        {
            "kind": "call",
            "kind_label": "Call",
            "when": "4 May 2031, 16:10",
            "iso": "2031-05-04T16:10",
            "who": "Amina Diallo",
            "text": "اتصلت أختها. الموعد غداً في التاسعة صباحاً.\nرقم الملف 4471.",
        },
        {
            "kind": "visit",
            "kind_label": "Visit",
            "when": "2 May 2031",
            "iso": "2031-05-02",
            "who": "ውብሸት",
            "text": "Saw her for ten minutes. She has medicine for three days.",
            "facts": [("Medicine until", "5 May 2031")],
        },
        {"kind": "event", "kind_label": "Event", "when": "1 May 2031", "who": "", "sealed": True},
        {
            "kind": "note",
            "kind_label": "Note",
            "when": "30 April 2031",
            "who": "सुनिता",
            "text": "मालिकले पासपोर्ट राखेको छ।",
        },
    ]


class When(Form):
    day = StringField("Day")
    month = SelectField("Month", choices=[("", ""), *((str(n), w) for n, w in MONTHS)])
    year = StringField("Year")
    written = StringField("As written")
    calendar = SelectField(
        "Calendar", choices=[("gregorian", "Gregorian"), ("hijri", "Hijri"), ("bs", "Bikram Sambat")]
    )


class Money(Form):
    amount = StringField("Amount")
    currency = SelectField("Currency", choices=[("KWD", "KWD"), ("NPR", "NPR"), ("EUR", "EUR")])


class Child(Form):
    called = StringField("Called")


class Contact(Form):
    token = HiddenField(default="x")
    language = SelectField(
        "Which language do they speak?",
        [validators.InputRequired()],
        choices=[("ar", "العربية"), ("ne", "नेपाली"), ("bn", "বাংলা"), ("am", "አማርኛ"), ("en", "English")],
    )
    safe = RadioField(
        "Is the person safe now?",
        [validators.InputRequired()],
        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known"), ("not_asked", "Not asked")],
        description="If not, everything else can wait.",
    )
    called = StringField("What may we call them?", description="Any name that they like. It may stay empty.")
    phone = TelField("How may we reach them?", description="Only if they say that it is safe.")
    arrested = FormField(When, "When were they taken?")
    owed = FormField(Money, "What is owed?")
    kinds = SelectMultipleField("What is it about?", choices=list(KINDS.items()))
    risk = RadioField(
        "How urgent is it?",
        choices=[
            ("emergency", "Emergency", {"help": "Somebody acts within the hour"}),
            ("high", "High", {"help": "Within a day"}),
            ("medium", "Medium", {"help": "Within three days"}),
            ("low", "Low", {"help": "Within a week"}),
        ],
    )
    alone = BooleanField(
        "They are alone, or with somebody they chose",
        description="Not with an employer, an agent or a guard.",
    )
    story = TextAreaField("What happened, in a few words?")
    children = FieldList(FormField(Child), "Children who were left outside", min_entries=1)


class Wrong(Form):
    phone = TelField(
        "How may we reach them?",
        [validators.Length(min=6, message="This looks too short for a phone number.")],
        description="Only if they say that it is safe.",
    )
    safe = RadioField(
        "Is the person safe now?",
        [validators.InputRequired("Choose one, or say that it was not asked.")],
        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")],
    )


def wrong() -> Wrong:
    """A form that was sent with mistakes in it."""
    form = Wrong(data={"phone": "123"})
    form.phone.raw_data = ["123"]
    form.validate()
    return form


def specimen() -> dict[str, Any]:
    """Everything that the specimen page shows."""
    return {
        "cases": cases(),
        "entries": entries(),
        "months": MONTHS,
        "qr": segno.make("otpauth://totp/Casework?secret=JBSWY3DPEHPK3PXP").svg_data_uri(scale=4, border=0),
        "facts": [
            (
                "What they said",
                "Worked fourteen months in a house. Paid for two. The passport lies with the agent.",
            ),
            ("نص بالعربية", "كانت تعمل في بيت في الحي القديم، رقم 12."),
            ("Language", "नेपाली"),
            {"label": "Asylum ever raised", "sealed": True},
        ],
        "conflict": [
            {
                "name": "place",
                "label": "Where they are held",
                "theirs": "Northgate, second floor",
                "theirs_by": "ውብሸት, 4 May, 16:12",
                "mine": "Northgate, transferred today to Hillside",
            },
            {
                "name": "medicine",
                "label": "Medicine",
                "theirs": "",
                "theirs_by": "ውብሸት, 4 May, 16:12",
                "mine": "ইনসুলিন, তিন দিনের জন্য",
            },
        ],
        "forms": {"contact": Contact(data={"safe": "yes", "kinds": ["detention"]}), "wrong": wrong()},
    }
