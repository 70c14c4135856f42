"""The port the portal listens on."""

import os
import socket

from opw.embedded.errors import CannotRun

HOST = "127.0.0.1"
DEFAULT = 8000


def port_wanted() -> int:
    """PORT, or 8000."""
    text = os.environ.get("PORT") or str(DEFAULT)
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise CannotRun(f"PORT is a number from 1 to 65535, not {text!r}.")
    return int(text)


def check_free(port: int) -> None:
    """Refuse a port that somebody listens on, and name one that is free."""
    if is_free(port):
        return
    other = next((number for number in range(port + 1, min(port + 100, 65536)) if is_free(number)), None)
    hint = f"Choose another one: PORT={other} ./run" if other else "Choose another one with PORT."
    raise CannotRun(f"Port {port} is taken. {hint}")


def is_free(port: int) -> bool:
    """Whether we could listen there now."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError:
            return False
    return True
