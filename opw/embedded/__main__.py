"""What ./run hands over to, once the environment is made: python -m opw.embedded run | test ARGS | manage ARGS."""

import sys

from opw.embedded.errors import CannotRun
from opw.embedded.folders import Folders
from opw.embedded.manage import manage, test
from opw.embedded.supervisor import run


def main(command: str, *arguments: str) -> int:
    """Do what was asked; the exit code."""
    folders = Folders.here()
    if command == "manage":
        return manage(folders, arguments)
    if command == "test":
        test(folders, arguments)
    run(folders)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except CannotRun as reason:
        sys.exit(str(reason))
    except PermissionError as error:
        sys.exit(f"{error.filename} belongs to another user. Name a folder of your own: OPW_VAR=/path/to/folder ./run")
    except KeyboardInterrupt:
        sys.exit(130)
