"""What reaches people outside Casework: a calendar feed and mails that say when, never what.

All of it is made without keys, from the few plain columns that jobs may know.
"""
