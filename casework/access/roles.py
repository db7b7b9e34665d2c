"""The roles of the house. The operator is none of them: who keeps the server running reads no case."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is at a desk; the signed chain of the desk says who has which."""

    VOLUNTEER = "volunteer"
    COORDINATOR = "coordinator"
    ALLY = "ally"
    CAMPAIGN = "campaign"

    @property
    def opens_cases(self) -> bool:
        """Whether this role is given the desk's secret, and with it every unrestricted case."""
        return self in {Role.VOLUNTEER, Role.COORDINATOR}
