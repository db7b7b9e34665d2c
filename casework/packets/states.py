"""Where a packet stands at the desk that it is for; as plain words, so that it ends without any key."""

#: It waits · a case was logged from it · the desk said no · the sending desk took it back · its last day has passed.
WAITING, ACCEPTED, DECLINED, RECALLED, EXPIRED = "waiting", "accepted", "declined", "recalled", "expired"
