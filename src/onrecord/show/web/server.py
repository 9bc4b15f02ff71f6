"""Serves the reader to this machine, or, asked to, to others who bring the token."""

from __future__ import annotations

import ipaddress
import secrets
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from onrecord.errors import OnrecordError, StoreError
from onrecord.keep.store import Store
from onrecord.show.shielded import shielded
from onrecord.show.web.app import reader
from onrecord.show.web.guard import Guard, hosts_of
from onrecord.show.web.judging import user

#: The port that is tried first; the next free one of the twenty after it is taken when it is in use.
PORT = 8321


class ServeError(OnrecordError):
    """The reader cannot be served as asked."""


@dataclass(frozen=True, slots=True)
class Options:
    """Where to serve (`port` None: the first free one from PORT on), to whom, who judges, and whom to hide (`shield`, a
    list of names; a shielded reader takes no judgements)."""

    host: str = "127.0.0.1"
    port: int | None = None
    token: str | None = None
    allowed_hosts: Sequence[str] = ()
    by: str | None = None
    shield: Path | None = None


def serve(path: Path, options: Options, *, announce: Callable[[str], None]) -> None:
    """Serve a database until stopped; `announce` is told the address to open."""
    with _open(path) if options.shield is None else shielded(path, options.shield) as store:
        listener = _listener(options)
        guard = guard_for(options)
        app = reader(store, by=options.by or user(), guard=guard)
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, lifespan="off")
        with suppress(KeyboardInterrupt):
            announce(address_of(options, listener.getsockname()[1], guard))
            uvicorn.Server(config).run(sockets=[listener])


def _open(path: Path) -> Store:
    """For writing, as judgements are; for reading only where the file may not be written to."""
    try:
        return Store.open(path, access="write")
    except StoreError:
        return Store.open(path, access="read")


def guard_for(options: Options) -> Guard:
    """Whom to let in: anyone on this machine, and from elsewhere only who brings the token."""
    if is_loopback(options.host):
        return Guard(hosts_of(options.host, options.allowed_hosts), token=options.token)
    names = (*options.allowed_hosts, socket.gethostname())
    token = options.token or secrets.token_urlsafe(18)
    return Guard(hosts_of(options.host, names), any_address=True, token=token)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine only."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def address_of(options: Options, port: int, guard: Guard) -> str:
    """The address to open, with the token if one is asked."""
    host = f"[{options.host}]" if ":" in options.host else options.host
    shown = socket.gethostname() if options.host in ("0.0.0.0", "::") else host
    return f"http://{shown}:{port}/" + (f"?token={guard.token}" if guard.token else "")


def _listener(options: Options) -> socket.socket:
    ports = range(PORT, PORT + 20) if options.port is None else (options.port,)
    fault = ""
    for port in ports:
        try:
            return socket.create_server((options.host.strip("[]"), port), family=_family(options.host))
        except OSError as error:
            fault = error.strerror or str(error)
    raise ServeError(f"cannot listen at {options.host}, port {ports[0]}: {fault}")


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
