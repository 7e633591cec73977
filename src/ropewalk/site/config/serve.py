"""Runs the site: several processes with several threads each, started and stopped in plain words."""

import errno
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gunicorn.app.base

from ropewalk.site.config.prepare import CannotPrepare, SettingsRefused, migrate

THIS_MACHINE = {"127.0.0.1", "::1", "localhost"}


class CannotServe(Exception):
    """The site cannot be served here; the message says why and what to do."""


class Server(gunicorn.app.base.BaseApplication):
    """Gunicorn with options given by us: it reads neither a configuration file nor the command line."""

    def __init__(self, load: Callable[[], Any], options: dict[str, Any]) -> None:
        self._load = load
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return self._load()


def serve(*, host: str, port: int, store: Path, workers: int = 2, threads: int = 4) -> None:
    """Serve the store at ``http://host:port/`` until Ctrl-C or SIGTERM.

    Prints one line with the address once it listens. Raises CannotServe when the address cannot be used.
    """
    _be_sure_of_address(host, port)
    main_process = os.getpid()
    try:
        migrate(store)
        _be_sure_of_second_factor(host)
    except SettingsRefused as problem:
        raise CannotServe(str(problem)) from problem
    except CannotPrepare as problem:
        # Public pages need no database: they are served, and whoever looks after the site is told.
        sys.stderr.write(f"{problem} Nobody can sign in until then.\n")
    try:
        Server(_application, _options(host=host, port=port, workers=workers, threads=threads)).run()
    except SystemExit as ending:
        if os.getpid() != main_process:
            # A worker that stops must not run on into what our caller does next.
            _end_worker(ending.code)
        # The server ends its process when it is told to stop; for our caller that is a normal return.
        if ending.code not in (0, None):
            raise


def _be_sure_of_second_factor(host: str) -> None:
    """Without second factors the site is for this machine alone; said aloud, and refused anywhere else."""
    from django.conf import settings  # noqa: PLC0415 - loaded by now

    if settings.SECOND_FACTOR_REQUIRED:
        return
    names = {name.strip("[]") for name in settings.ALLOWED_HOSTS}
    if settings.HTTPS or not {host, *names} <= THIS_MACHINE:
        message = (
            "ROPEWALK_SECOND_FACTOR=off is for a demo on this machine alone, and this site would be open to others. "
            "Leave it out, so that whoever may see pupils needs a second factor, or serve at 127.0.0.1."
        )
        raise CannotServe(message)
    sys.stdout.write("ROPEWALK_SECOND_FACTOR=off: a password alone opens what is known of pupils.\n")
    sys.stdout.flush()


def _end_worker(code: int | str | None) -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 1 if code else 0)


def _application() -> Any:
    # Imported late: the settings read the environment, which serve() has only just set.
    from ropewalk.site.config.warming import warm  # noqa: PLC0415
    from ropewalk.site.config.wsgi import application  # noqa: PLC0415

    warm(application)
    return application


def _options(*, host: str, port: int, workers: int, threads: int) -> dict[str, Any]:
    shown = f"[{host}]" if ":" in host else host

    def say(_arbiter: Any) -> None:
        sys.stdout.write(f"Ropewalk is ready at http://{shown}:{port}/ (press Ctrl-C to stop)\n")
        sys.stdout.flush()

    return {
        "bind": f"{shown}:{port}",
        "workers": workers,
        "threads": threads,
        "worker_class": "gthread",
        "preload_app": True,
        "when_ready": say,
        "proc_name": "ropewalk",
        "loglevel": "warning",
        "accesslog": None,
        # A worker that hangs is replaced; a stop waits for pages being made, not for idle browsers.
        "timeout": 60,
        "graceful_timeout": 5,
        "keepalive": 15,
        # The heartbeat file must not stand on a slow disk.
        "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # noqa: S108
        "control_socket_disable": True,
        "forwarded_allow_ips": "127.0.0.1,::1",
    }


def _be_sure_of_address(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise CannotServe(_why(problem, host, port)) from problem
        except OverflowError as problem:
            message = f"{port} is not a port. Choose a number from 1024 to 65535, for example --port 8080."
            raise CannotServe(message) from problem


def _why(problem: OSError, host: str, port: int) -> str:
    if problem.errno == errno.EADDRINUSE:
        return (
            f"Port {port} of {host} is already in use. Stop the program that uses it, or choose another port, "
            f"for example --port {port + 1}."
        )
    if problem.errno == errno.EACCES:
        return f"Port {port} may only be used by the administrator. Choose one above 1023, for example --port 8000."
    return f"The site cannot listen at {host}, port {port}: {problem.strerror or problem}. Choose another address."
