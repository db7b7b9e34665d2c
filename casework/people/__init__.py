"""The person: what they agreed to, and how they may be reached."""
