"""What happened, append-only, chained per desk; details sealed to those who may read them."""
