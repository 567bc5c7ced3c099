"""A cluster that wants to be asked over TLS and with an API key: the real node behind a proxy.

The node that comes with the project has no security of its own (no module of Elastic's licence).
"""

from __future__ import annotations

import http.client
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import trustme

# Headers that belong to one connection, not to the message (RFC 9110, 7.6.1).
OF_CONNECTION = frozenset(["connection", "keep-alive", "transfer-encoding", "content-length"])


class _Proxy(BaseHTTPRequestHandler):
    """Hands requests with the key to the node; others hear 401, as from a secured cluster."""

    protocol_version = "HTTP/1.1"
    node: str
    api_key: str
    asked: list[tuple[str, str, int]]

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.headers.get("Authorization") != f"ApiKey {self.api_key}":
            self._refuse()
            return
        node = http.client.HTTPConnection(self.node, timeout=60)
        headers = {
            name: value
            for name, value in self.headers.items()
            if name.lower() not in (*OF_CONNECTION, "host", "authorization")
        }
        node.request(self.command, self.path, body or None, headers)
        answer = node.getresponse()
        content = answer.read()
        node.close()
        self._send(answer.status, dict(answer.getheaders()), content)

    def _refuse(self) -> None:
        reason = "unable to authenticate with provided credentials"
        error = {"type": "security_exception", "reason": reason}
        content = json.dumps({"error": error, "status": 401}).encode()
        headers = {"Content-Type": "application/json", "WWW-Authenticate": "ApiKey"}
        self._send(401, headers, content)

    def _send(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self.asked.append((self.command, self.path.split("?")[0], status))
        self.send_response_only(status)
        for name, value in headers.items():
            if name.lower() not in OF_CONNECTION:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = _answer  # noqa: N815 (names of the library)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def secured(
    node_url: str, authority: trustme.CA, api_key: str
) -> Iterator[tuple[str, list[tuple[str, str, int]]]]:
    """The node behind TLS and a key: its address, and what was asked (method, path, status)."""
    asked: list[tuple[str, str, int]] = []
    values = {"node": urlsplit(node_url).netloc, "api_key": api_key, "asked": asked}
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Proxy", (_Proxy,), values))
    # The handshake belongs to the thread of the connection: a refused one must not stop others.
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    server.handle_error = lambda *arguments: None  # type: ignore[method-assign]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"https://localhost:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()
