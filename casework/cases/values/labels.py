"""The name of a code in the reader's language: our own label through gettext, the rest from CLDR."""

from collections.abc import Mapping
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import get_timezone_location

from casework.cases.values.typed import Voice
from casework.codes import CodeList

_ENGLISH = Locale("en")


def label(listed: CodeList, key: str, voice: Voice) -> str:
    """What a code is called.

    A code that was taken out of its list meanwhile is shown as it is stored: old cases stay readable.

    Args:
        listed: the list of the code.
        key: the code.
        voice: the reader's language.
    """
    if key in listed and (own := listed.codes[key].label):
        return voice.gettext(own)
    return _named(listed.named_by, key, voice.locale) or _named(listed.named_by, key, _ENGLISH) or key


def choices(listed: CodeList, voice: Voice) -> list[tuple[str, str]]:
    """Codes with their names, in the order of the list; by name where CLDR names them."""
    pairs = [(code.key, label(listed, code.key, voice)) for code in listed]
    if not listed.named_by:
        return pairs
    # Languages that belong to nobody ("not known yet") have a label of ours and stay at the end.
    tail = {"sgn", "mis", "und"} if listed.named_by == "language" else set()
    return sorted(pairs, key=lambda pair: (pair[0] in tail, pair[1].casefold()))


# Bounded by our lists and languages; naming 120 zones anew for every form took 17 ms.
@lru_cache(maxsize=4096)
def _named(by: str, key: str, locale: Locale) -> str:
    match by:
        case "language":
            return str(locale.languages.get(key.replace("-", "_")) or _composed(key, locale))
        case "territory":
            return str(locale.territories.get(key, ""))
        case "currency":
            return f"{key} {locale.currencies.get(key, '')}".strip()
        case "timezone":
            return "UTC" if key == "UTC" else _city(key, locale)
        case _:
            return ""


def _city(zone: str, locale: Locale) -> str:
    """The city of a zone. CLDR keeps some under a name that they had before, such as Asia/Katmandu."""
    kept = locale.time_zones.get(_earlier_names().get(zone, zone), {})
    return str(kept.get("city") or get_timezone_location(zone, locale=locale, return_city=True))


@cache
def _earlier_names() -> Mapping[str, str]:
    """The name under which CLDR keeps a zone, by its name of today; only where they differ."""
    known = _ENGLISH.time_zones
    return {now: before for before, now in get_global("zone_aliases").items() if before in known}


def _composed(tag: str, locale: Locale) -> str:
    """A name for a tag of several parts, such as pa-Arab; empty if there is none."""
    try:
        return Locale.parse(tag, sep="-").get_display_name(locale) or ""
    except (UnknownLocaleError, ValueError):
        return ""
