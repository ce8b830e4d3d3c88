"""A server in a thread that gives each path its own answer, for programs with their own event loop."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator, Mapping
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = {"total": 0, "current_page": 1, "last_page": 0, "data": []}
ACCOUNT = {
    "user_id": 7,
    "username": "ana@acme.example",
    "account_name": "Acme",
    "active": 1,
    "banned": 0,
    "balance": "1117.461060",
    "low_credit_amount": "5.00",
    "_currency": {"currency_name_short": "AUD", "currency_prefix_d": "$"},
}


def envelope(data: object, status: int = 200, code: str = "SUCCESS") -> tuple[int, str]:
    """An answer as ClickSend wraps it."""
    words = {"http_code": status, "response_code": code, "response_msg": code.lower(), "data": data}
    return status, json.dumps(words)


def rules(*actions: str, **facts: object) -> tuple[int, str]:
    """A page of automation rules with these actions; `off:` in front of one switches it off."""
    rows = [
        {
            "inbound_rule_id": place,
            "receipt_rule_id": place,
            "action": action.removeprefix("off:"),
            "enabled": int(not action.startswith("off:")),
            "dedicated_number": "*",
            "message_search_type": 0,
            **facts,
        }
        for place, action in enumerate(actions, 1)
    ]
    return envelope(PAGE | {"total": len(rows), "last_page": 1, "data": rows})


def healthy() -> dict[str, tuple[int, str]]:
    """What a good account answers."""
    return {
        "/v3/account": envelope(ACCOUNT),
        "/v3/automations/sms/inbound": rules("URL", "POLL"),
        "/v3/automations/sms/receipts": rules("POLL"),
    }


class _Server(ThreadingHTTPServer):
    answers: Mapping[str, tuple[int, str]]
    clock_ahead: float


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        status, content = self.server.answers[self.path.partition("?")[0]]
        self.send_response_only(status)
        self.send_header("Date", formatdate(time.time() + self.server.clock_ahead, usegmt=True))
        self.send_header("Content-Length", str(len(content.encode())))
        self.end_headers()
        self.wfile.write(content.encode())

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextlib.contextmanager
def serving(answers: Mapping[str, tuple[int, str]], *, clock_ahead: float = 0.0) -> Iterator[str]:
    """Serve these answers by path; the base URL. `clock_ahead` is in seconds."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.answers, server.clock_ahead = answers, clock_ahead
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v3"
        finally:
            server.shutdown()
            thread.join()
