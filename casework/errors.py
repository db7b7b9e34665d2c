"""What may go wrong, in the words of the house. Every room raises these and nothing else on purpose."""


class CaseworkError(Exception):
    """Anything that the rooms raise on purpose."""


class NotFound(CaseworkError):
    """It is not there, or not for this person: both answer 404, so that a guess learns nothing."""


class Denied(CaseworkError):
    """A known person asked for something that the rules refuse; answered as not found, and recorded.

    Args:
        action: the name of the action in `access.policy` that was refused.
    """

    def __init__(self, action: str) -> None:
        super().__init__(action)
        self.action = action


class NeedsReason(CaseworkError):
    """Somebody opens a case that is not theirs, and has not said why in this session.

    Args:
        ref: the reference of the case.
    """

    def __init__(self, ref: str) -> None:
        super().__init__()
        self.ref = ref


class Conflict(CaseworkError):
    """Somebody else changed it meanwhile. The page shows both versions; nothing is lost."""


class Label(str):
    """Words of our own inside a sentence, such as the label of a question: translated with it."""

    __slots__ = ()


class Invalid(CaseworkError):
    """Something typed cannot be taken. Carries a sentence for the person who typed it.

    Args:
        message: an English sentence (a gettext msgid), with `%(name)s` places.
        field: the field that it belongs to, if one.
        params: what fills the places.
    """

    def __init__(self, message: str, field: str | None = None, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.params = params


class Locked(CaseworkError):
    """The keys for this are not open: sign in again, or the desk is locked."""


class DeskLocked(Locked):
    """The desk was locked on a bad day: two people open it again.

    Args:
        code: of the desk, as it stands in addresses.
    """

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code


class Refused(CaseworkError):
    """Sealed content that does not open: swapped, cut, forged, or not for this key. Never says which."""
