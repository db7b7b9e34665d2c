"""How long closed cases are kept: reviewed, held, pseudonymised, by people and by itself."""
