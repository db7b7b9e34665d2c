"""The one way in by browser: guard, session, headers, errors, views and forms."""
