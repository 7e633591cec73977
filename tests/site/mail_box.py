"""A real mail server for tests: what came in, read with Python's own parser, and servers that behave badly."""

from __future__ import annotations

import email
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from aiosmtpd.smtp import SMTP
from pytest_django.fixtures import Settings

from ropewalk.site.config.providers import mail_server


class Box(Message):
    """What came in. ``refuse`` answers every letter with an error; ``slow`` is called before it is taken."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: list[EmailMessage] = []
        self.refuse = False
        self.breaks = False
        self.slow: Callable[[], None] = lambda: None
        self._lock = threading.Lock()

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.slow()
        if self.refuse:
            return "451 Try again later"
        await super().handle_DATA(server, session, envelope)
        if self.breaks and server.transport is not None:
            # It has the letter, and the line is cut before it can say so.
            server.transport.abort()
        return "250 OK"

    def prepare_message(self, session: Any, envelope: Any) -> Any:
        del session
        return email.message_from_bytes(envelope.content, policy=policy.default)

    def handle_message(self, message: Any) -> None:
        with self._lock:
            self.letters.append(message)


@contextmanager
def mail_box(settings: Settings) -> Iterator[Box]:
    """A mail server on this machine to which the site sends."""
    box = Box()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.MAIL = mail_server({"ROPEWALK_SMTP": f"smtp://127.0.0.1:{port}?plain=1"})
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    for name, value in settings.MAIL.items():
        setattr(settings, name, value)
    try:
        yield box
    finally:
        server.stop()
