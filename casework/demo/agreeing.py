"""A person of the demo says yes, face to face and alone with the volunteer."""

from casework.people.consents import Answer


def agreeing(
    purpose: str,
    recipient: str = "",
    data: str = "",
    *,
    language: str = "en",
    interpreter: str = "none_needed",
) -> Answer:
    """Their answer, as a volunteer would write it down.

    Args:
        purpose: of the list `consent_purposes`.
        recipient: whom it names.
        data: what may be told, in words.
        language, interpreter: in which they were asked, and who helped with it.
    """
    return Answer(
        purpose=purpose,
        given=True,
        how="spoken",
        language=language,
        interpreter=interpreter,
        present=("nobody",),
        recipient=recipient,
        data=data,
    )
