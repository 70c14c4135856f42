"""A real mail server for tests: it keeps what it accepts, and refuses what it is told to."""

from collections import deque
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.ports import free_port


class MailServer:
    """An SMTP server in a thread of its own, while its ``with`` block lasts; at the same port when entered again."""

    def __init__(self) -> None:
        self.port = free_port()
        self.received: list[EmailMessage] = []
        self.tried: list[str] = []  # the Message-ID of every letter that was handed over, accepted or not
        self.refused_recipients: dict[str, str] = {}
        self.answers: deque[str] = deque()  # to the next letters; "250 OK" when there is none
        self._controller: Controller | None = None

    def __enter__(self) -> Self:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._controller
        self._controller.stop()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[Any]
    ) -> str:
        if address in self.refused_recipients:
            return self.refused_recipients[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=modern)
        assert isinstance(message, EmailMessage)
        self.tried.append(str(message["Message-ID"]))
        answer = self.answers.popleft() if self.answers else "250 OK"
        if answer.startswith("250"):
            self.received.append(message)
        return answer
