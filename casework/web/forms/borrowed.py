"""The sentences of WTForms that our forms can show.

WTForms brings its own English; it stands here so that it is collected and translated with everything else.
Nothing reads this list but the collecting and a test that asks every validator in use what it says.
"""

from flask_babel import lazy_gettext as _

BORROWED = (
    _("This field is required."),
    _("Not a valid choice."),
    _("Field cannot be longer than %(max)d characters."),
    _("Field must be between %(min)d and %(max)d characters long."),
)
