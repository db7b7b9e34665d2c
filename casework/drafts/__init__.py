"""What somebody began to write and has not sent: theirs alone, for 72 hours."""
