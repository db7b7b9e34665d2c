"""The address that a browser asked for, as passkeys are bound to it; the settings say which names there are."""

from urllib.parse import urlsplit

from flask import request

from casework.vault.passkey import Site


def site() -> Site:
    """For whom a passkey counts that is made or used in this request."""
    asked = urlsplit(request.host_url)
    return Site(asked.hostname or "", f"{asked.scheme}://{asked.netloc}")
