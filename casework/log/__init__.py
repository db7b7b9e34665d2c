"""Logs that hold no content: names of events, codes and numbers, one JSON object a line.

An exception's message may quote what a person typed, and so may the text of any library's log line.
Of an exception only its class and its frames are kept, of a library's line only where it came from.
"""

from casework.log.lines import LIBRARIES, configure, guard_process
from casework.log.requests import install

__all__ = ["LIBRARIES", "configure", "guard_process", "install"]
