"""The account of a case: its ledger as sealed lines, what is counted from them, what was kept of it."""
