"""Legal clocks: rules as data in `config/rules/deadlines/`, pure arithmetic over days, moments and zones.

Nothing here asks a database, the web or the time of day. docs/deadlines.md tells how to edit a rule.
"""
