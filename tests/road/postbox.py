"""A real SMTP server that keeps what it receives."""

import email
import logging
import threading
from email.message import EmailMessage
from email.policy import default
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.ports import free_port

PATIENCE = 180  # seconds until a letter that does not come is given up


class Postbox:
    """Letters as a mail server gets them, by address."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self._came = threading.Condition()
        logging.getLogger("mail.log").setLevel(logging.WARNING)
        self._port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self._port)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    @property
    def url(self) -> str:
        """What EMAIL_URL has to say."""
        return f"smtp://127.0.0.1:{self._port}"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # aiosmtpd's name
        assert envelope.content
        message = email.message_from_bytes(bytes(envelope.content), policy=default)  # type: ignore[arg-type]  # typeshed wants its own kind of policy
        with self._came:
            self.received.append(message)
            self._came.notify_all()
        return "250 Kept"

    def letters_to(self, address: str) -> list[str]:
        """The subjects of the letters to somebody, in the order in which they came."""
        return [str(message["subject"]) for message in self.received if message["to"] == address]

    def wait_for(self, address: str, subject: str) -> str:
        """The text of the newest letter to this address with this in its subject, as soon as there is one."""

        def found() -> EmailMessage | None:
            matching = (m for m in reversed(self.received) if m["to"] == address and subject in str(m["subject"]))
            return next(matching, None)

        with self._came:
            came = self._came.wait_for(found, timeout=PATIENCE)
        assert came, f"no letter “{subject}” to {address}; there are: {self.letters_to(address)}"
        letter = found()
        assert letter
        body = letter.get_body(("plain",))
        assert body
        return str(body.get_content())
