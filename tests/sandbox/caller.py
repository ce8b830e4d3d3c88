"""Plain HTTP to a sandbox."""

from __future__ import annotations

from typing import Any

import httpx

CUSTOMER = "+61491570156"
"""Somebody in Australia who is not in the world yet."""


class Caller:
    """Calls operations as ClickSend's users do."""

    def __init__(self, url: str, username: str = "demo", key: str = "demo") -> None:
        self.url = url
        # Without verification: to load certificates takes longer than a test.
        self._http = httpx.Client(auth=(username, key) if username else None, trust_env=False, verify=False)

    def ask(self, method: str, path: str, body: object = None, **query: object) -> httpx.Response:
        """The raw answer."""
        params = {name: str(value) for name, value in query.items()}
        return self._http.request(method, self.url + path, json=body, params=params)

    def fetch(self, url: str) -> httpx.Response:
        """What is at an address, asked for without signing in."""
        return self._http.get(url, auth=None)

    def get(self, path: str, **query: object) -> Any:
        """The data of an answer that must be a success."""
        return self._data(self.ask("GET", path, **query))

    def post(self, path: str, **body: object) -> Any:
        return self._data(self.ask("POST", path, body))

    def post_form(self, path: str, files: dict[str, tuple[str, bytes, str]], **query: str) -> Any:
        """The data of the answer to a form with files."""
        return self._data(self._http.post(self.url + path, files=files, params=query))

    def put(self, path: str, **body: object) -> Any:
        return self._data(self.ask("PUT", path, body))

    def delete(self, path: str) -> Any:
        return self._data(self.ask("DELETE", path))

    def send(self, to: str = CUSTOMER, body: str = "Hello", **more: object) -> dict[str, Any]:
        """Send one message; its row."""
        return self.post("/sms/send", messages=[{"to": to, "body": body, **more}])["messages"][0]

    def history(self, number: str = CUSTOMER) -> list[dict[str, Any]]:
        """What was said with a number, oldest first."""
        sent = self.get("/sms/history", q=f"to:{number}", limit=100)["data"]
        received = self.get("/sms/history", q=f"from:{number}", limit=100)["data"]
        return sorted([*sent, *received], key=lambda row: row["date"])

    def close(self) -> None:
        self._http.close()

    @staticmethod
    def _data(response: httpx.Response) -> Any:
        assert response.status_code == 200, response.text
        envelope = response.json()
        assert envelope["response_code"] == "SUCCESS"
        return envelope["data"]
