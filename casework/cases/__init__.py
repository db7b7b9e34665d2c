"""Cases: their kinds, their sections and entries, who works on them, and their life."""
