"""A real mail server for the tests: it speaks SMTP on this machine, keeps what it took, and fails as it is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope, Session

from tests.installation import spare_port

TAKEN = "250 Taken"


class MailServer:
    """``before`` is asked for its answer to each recipient, ``after`` is called once a mail is kept."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.before: Callable[[str], str] = lambda recipient: TAKEN
        self.after: Callable[[EmailMessage], str] = lambda mail: TAKEN
        self.port = spare_port()

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, server: Any, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        answer = self.before(address)
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        mail: Message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.recipients += envelope.rcpt_tos
        # In a thread of its own, so that other mails are taken while this one waits.
        return await asyncio.get_running_loop().run_in_executor(None, self.after, mail)

    @property
    def ids(self) -> list[str]:
        """The Message-ID of each mail, in the order in which they came."""
        return [str(mail["Message-ID"]) for mail in self.mails]


def plain(mail: EmailMessage) -> str:
    """The words of a mail."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


@contextmanager
def mail_server() -> Iterator[MailServer]:
    taking = MailServer()
    controller = Controller(taking, hostname="127.0.0.1", port=taking.port)
    controller.start()
    try:
        yield taking
    finally:
        controller.stop()
