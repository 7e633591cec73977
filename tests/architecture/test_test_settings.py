"""The rules all tests run under are in force: no network beyond this machine, warnings are errors."""

from __future__ import annotations

import socket
import warnings

import pytest
from pytest_socket import SocketConnectBlockedError


def test_nothing_beyond_this_machine_can_be_reached() -> None:
    # 192.0.2.1 is kept for documentation: nobody answers there, even if the bar were down.
    # The bar warns before it raises, and a warning is an error here.
    with socket.socket() as client, pytest.raises((SocketConnectBlockedError, UserWarning), match=r"192\.0\.2\.1"):
        client.connect(("192.0.2.1", 80))


def test_this_machine_can_be_reached() -> None:
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())
        assert client.getpeername() == server.getsockname()


def test_a_warning_is_an_error() -> None:
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)
