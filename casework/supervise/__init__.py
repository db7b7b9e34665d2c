"""One command that runs everything on one machine: Valkey, tables, web server, delivery and worker.

It only starts processes and watches them; what they do is theirs. `make run` calls it.
"""
