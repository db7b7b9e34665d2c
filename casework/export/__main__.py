"""Open an export without a server, a database or keys of anybody: `python -m casework.export FILE FOLDER`.

Other software does the same: `age -d export.zip.age > export.zip`, then any program that opens a ZIP.
"""

import sys
from getpass import getpass
from pathlib import Path
from zipfile import ZipFile

from casework.errors import Invalid
from casework.export import reading

_ARGUMENTS = 2


def main(arguments: list[str]) -> int:
    """Ask for the words, unseal the file, check everything in it, and lay it into a new folder.

    Args:
        arguments: the file, and a folder that is not there yet.

    Returns:
        0 where everything is as it was put in, 1 where it is not.
    """
    if len(arguments) != _ARGUMENTS:
        sys.stderr.write("python -m casework.export FILE FOLDER\n")
        return 1
    file, folder = map(Path, arguments)
    try:
        return _laid_out(file, folder)
    except (Invalid, OSError) as error:
        sys.stderr.write(f"{error.message if isinstance(error, Invalid) else error}\n")
        return 1


def _laid_out(file: Path, folder: Path) -> int:
    folder.mkdir(mode=0o700)
    opened = folder / "export.zip"
    reading.unseal(file, getpass("The six words: "), opened)
    found = reading.check(opened)
    with ZipFile(opened) as archive:
        archive.extractall(folder)
    opened.unlink()
    for name in found.damaged:
        sys.stdout.write(f"did not open when this was made: {name}\n")
    for name in found.wrong:
        sys.stdout.write(f"NOT AS IT WAS PUT IN: {name}\n")
    sys.stdout.write(f"{found.files} files in {folder}; begin with index.html\n")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
