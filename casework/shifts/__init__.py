"""The desk's day: what one shift hands over to the next."""
