"""The worker's ledger and its calculators: pure functions over exact numbers, days and frozen values.

Nothing here reads a clock, a database or a key. Every calculator takes one value with all that was entered
and a book of rules, and gives a `Working` that a person with a pocket calculator can follow. docs/money.md
tells the formulas and what each of them must not do.
"""
