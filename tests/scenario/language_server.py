"""A small client of the Language Server Protocol: what an editor says to npm's `yaml-language-server`, over stdio."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import threading
from pathlib import Path
from typing import IO, Any

REPOSITORY = Path(__file__).parents[2]
VARIABLE = "DETENTE_YAML_SERVER"
"""Where the package `yaml-language-server` is, if not in the folder that `.ci/run` fills."""
FOLDER = REPOSITORY / ".ci" / "node" / "node_modules" / "yaml-language-server"
PATIENCE = 60.0
"""Seconds after which a server that says nothing is taken for dead."""


def found() -> tuple[list[str], str]:
    """The command that starts the server; or none, and why."""
    node = shutil.which("node")
    if node is None:
        return [], "Node is not installed"
    folder = Path(os.environ.get(VARIABLE) or FOLDER)
    script = folder / "bin" / "yaml-language-server"
    if not script.is_file():
        return [], f"the npm package yaml-language-server is not there; `.ci/run` installs it, or ${VARIABLE} names its folder"
    return [node, str(script), "--stdio"], ""


class LanguageServer:
    """One server and the files that are open in it."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                         cwd=folder)
        self._inbox: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._published: dict[str, list[dict[str, Any]]] = {}
        self._last = 0
        threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True).start()
        self.ask("initialize", processId=None, rootUri=folder.as_uri(), capabilities={
            "textDocument": {"hover": {"contentFormat": ["markdown"]},
                             "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
                             "publishDiagnostics": {}},
            "workspace": {"configuration": True}})
        self._send({"method": "initialized", "params": {}})

    # -- what an editor does

    def open(self, file: Path) -> list[dict[str, Any]]:
        """Open a file; the diagnostics the server then publishes."""
        uri = file.as_uri()
        self._published.pop(uri, None)
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": {
            "uri": uri, "languageId": "yaml", "version": 1, "text": file.read_text(encoding="utf-8")}}})
        while uri not in self._published:
            self._take()
        return self._published[uri]

    def complete(self, file: Path, line: int, column: int) -> dict[str, str]:
        """What is offered at a place (both from 1), each with its documentation."""
        answer = self._at("textDocument/completion", file, line, column)
        items = answer["items"] if isinstance(answer, dict) else answer or []
        return {item["label"]: _text(item.get("documentation")) for item in items}

    def hover(self, file: Path, line: int, column: int) -> str:
        """What is shown over a place (both from 1), in Markdown."""
        answer = self._at("textDocument/hover", file, line, column)
        return _text(answer["contents"]) if answer else ""

    def close(self) -> None:
        """End the server."""
        try:
            self.ask("shutdown")
            self._send({"method": "exit"})
            self._process.wait(PATIENCE)
        finally:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    stream.close()

    # -- messages

    def ask(self, method: str, **params: Any) -> Any:
        """A request and its result."""
        self._last += 1
        number = self._last
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._take()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message["error"]
                return message["result"]

    def _at(self, method: str, file: Path, line: int, column: int) -> Any:
        return self.ask(method, textDocument={"uri": file.as_uri()}, position={"line": line - 1, "character": column - 1})

    def _take(self) -> dict[str, Any]:
        """The next message; what the server asks of an editor is answered on the way."""
        message = self._inbox.get(timeout=PATIENCE)
        assert message is not None, "the language server ended"
        method = message.get("method")
        if method == "textDocument/publishDiagnostics":
            self._published[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif method is not None and "id" in message:
            # settings: nothing from the network, everything else as it comes
            settings = {"yaml": {"schemaStore": {"enable": False}}}
            asked = message.get("params", {}).get("items", ()) if method == "workspace/configuration" else None
            result = None if asked is None else [settings.get(item.get("section", ""), {}) for item in asked]
            self._send({"id": message["id"], "result": result})
        return message

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self._process.stdin.flush()

    def _listen(self, stream: IO[bytes]) -> None:
        while True:
            length = 0
            while (line := stream.readline()) not in (b"\r\n", b""):
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            if not length:
                self._inbox.put(None)
                return
            self._inbox.put(json.loads(stream.read(length)))


def _text(found: Any) -> str:
    return found.get("value", "") if isinstance(found, dict) else found or ""
