"""The real application as a process of its own, to be killed by `test_killed_server.py`.

It gets its settings on its standard input, so that no secret stands in an argument or in the environment,
and says its port on its standard output.
"""

import json
import sys
from pathlib import Path

from werkzeug.serving import make_server

from casework.app import create_app
from casework.settings import Settings


def main() -> None:
    told = json.loads(sys.stdin.readline())
    settings = Settings(
        profile="testing",
        database_url=told["database_url"],
        redis_url=told["redis_url"],
        peppers={1: bytes.fromhex(told["pepper"])},
        secret=bytes.fromhex(told["secret"]),
        instance=Path(told["instance"]),
        secure_cookies=False,
        quick_argon2=True,
    )
    server = make_server("127.0.0.1", told["port"], create_app(settings), threaded=True)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
