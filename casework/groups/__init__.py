"""Groups: people of one workplace, one dormitory, one flight, each with a case of their own and a say in it."""
