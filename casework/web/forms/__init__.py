"""Forms: what a page asks for, and how it says that something cannot be taken."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import wtforms
from babel import Locale
from flask_babel import get_locale, gettext
from wtforms.fields.choices import SelectChoice

from casework import codes
from casework.cases import values
from casework.cases.values import Voice
from casework.errors import Invalid
from casework.web import given_back
from casework.web.questions import sentence

_MISSING = "This field is required."


class _Sentences:
    """WTForms' own messages in the language of the page."""

    def gettext(self, text: str) -> str:
        """One message; WTForms' own word for what is missing is an office's, ours is a request."""
        return str(gettext("Please answer this one.") if text == _MISSING else gettext(text))

    def ngettext(self, one: str, many: str, count: int) -> str:
        """One of two messages."""
        return str(gettext(one if count == 1 else many))


class Form(wtforms.Form):  # type: ignore[misc] # WTForms ships no types
    """The base of every form."""

    class Meta:
        """How WTForms builds it."""

        def get_translations(self, _form: wtforms.Form) -> _Sentences:
            """Messages come through the same catalogue as everything else."""
            return _Sentences()

    def refuse(self, error: Invalid) -> None:
        """Put what a service refused beside the field that it belongs to, or above the form.

        Args:
            error: with a sentence and, if it belongs to one, the name of a field.
        """
        said = sentence(error)
        field = self._fields.get(error.field or "")
        if field is None:
            self.form_errors.append(said)
        else:
            field.errors = [*field.errors, said]


def typed(form: type[Form], **kwargs: Any) -> Any:
    """A form filled with what was sent or is given back, or empty on a plain view.

    Args:
        form: which.
        kwargs: what it starts from where nothing was sent.
    """
    return form(given_back.form(), **kwargs)


Pairs = Sequence[tuple[str, str]]


def choices(pairs: Pairs, empty: str | None = None) -> list[SelectChoice]:
    """What a field is chosen from.

    Args:
        pairs: code and words.
        empty: the words of a first line that chooses nothing; without them every line is a choice.
    """
    first = [] if empty is None else [SelectChoice("", empty)]
    return [*first, *(SelectChoice(code, words) for code, words in pairs)]


def coded(listed: str) -> list[tuple[str, str]]:
    """The codes of a list with their words, in the language of the page."""
    return list(_coded(listed, get_locale()))


# Lists never change while the application runs; sorting 250 countries anew took longer than opening a desk.
@lru_cache(maxsize=256)
def _coded(listed: str, locale: Locale) -> tuple[tuple[str, str], ...]:
    return tuple(values.named_choices(codes.load(listed), Voice(locale, lambda text: str(gettext(text)))))
