"""Users, desks, memberships, sessions; who asks (`actor`), and every rule (`policy`)."""
