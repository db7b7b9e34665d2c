"""Finding a case by what people call somebody: cards, sealed segments of cards, and matching of names."""
