"""Names of members, as far as the reader may see them: an ally holds no key to them."""

from uuid import UUID

from flask_babel import gettext

from casework.access.actor import Actor
from casework.web.cases_shown import workers


def who(actor: Actor, user_id: UUID) -> str:
    """What somebody is called at this desk."""
    if user_id == actor.user_id:
        return str(gettext("You"))
    if actor.desk_keys is None:
        return str(gettext("somebody of this desk"))
    return workers().get(user_id) or str(gettext("somebody who left"))
