# SPDX-License-Identifier: GPL-3.0-or-later
"""A NATS server of its own with JetStream, for tests: in a temporary folder, on a free loopback port; and a client of it."""

import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from postgres_server import free_port


# Debian has it where only root looks.
PROGRAM = shutil.which("nats-server", path=os.environ["PATH"] + ":/usr/sbin") or "nats-server"


class NatsServer:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="aisle-nats-")
        self.port = free_port()
        self.process = None
        self.start()

    def start(self):
        settings = pathlib.Path(self.folder) / "nats.conf"
        settings.write_text("max_payload: 64MB\nmax_pending: 128MB\n")
        self.process = subprocess.Popen(
            [PROGRAM, "--config", settings, "--addr", "127.0.0.1", "--port", str(self.port), "--jetstream", "--store_dir", self.folder,
             "--log", f"{self.folder}/log"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while True:
            try:
                with NatsClient(self.port) as client:
                    client.request("$JS.API.INFO")
                return
            except (OSError, RuntimeError):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(timeout=30)

    def restart(self, how=signal.SIGTERM):
        self.stop(how)
        self.start()

    def close(self):
        if self.process.poll() is None:
            self.stop(signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def connection(self):
        return f"nats://127.0.0.1:{self.port}"

    def client(self):
        return NatsClient(self.port)


class NatsClient:
    """Speaks as much of NATS's protocol as the tests need."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.lines = self.socket.makefile("rb")
        try:
            self.lines.readline()
            self.socket.sendall(b'CONNECT {"verbose":false,"pedantic":false,"headers":true}\r\nSUB _INBOX.test 1\r\n')
        except OSError:
            self.__exit__()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.lines.close()
        self.socket.close()

    def request_all(self, requests):
        """The answers to (subject, payload) pairs, which are sent all at once."""
        text = b""
        for subject, payload in requests:
            body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
            text += f"PUB {subject} _INBOX.test {len(body)}\r\n".encode() + body + b"\r\n"
        self.socket.sendall(text)
        return [self.answer() for _ in requests]

    def answer(self):
        while True:
            line = self.lines.readline().split()
            if not line:
                raise ConnectionError("the server has closed the connection")
            if line[0] == b"PING":
                self.socket.sendall(b"PONG\r\n")
            elif line[0] == b"HMSG":
                raise RuntimeError(self.lines.read(int(line[-1]) + 2).decode())
            elif line[0] == b"MSG":
                answer = json.loads(self.lines.read(int(line[-1]) + 2))
                if "error" in answer:
                    raise RuntimeError(answer["error"])
                return answer

    def request(self, subject, payload=b""):
        return self.request_all([(subject, payload)])[0]

    def make_stream(self, name, subjects, **options):
        return self.request(f"$JS.API.STREAM.CREATE.{name}", {
            "name": name, "subjects": subjects, "retention": "limits", "storage": "file", "max_consumers": -1, "max_msgs": -1,
            "max_bytes": -1, "max_age": 0, "num_replicas": 1, "discard": "old", **options})
