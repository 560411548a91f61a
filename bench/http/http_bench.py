# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures what Aisle's HTTP layer costs, beside a Boost.Beast handler that returns constant bytes.

The same searches (ten hits and three facets, highlights on) are sent to both by wrk over loopback. CPU time
of the server's process by request is what is compared: unlike latency it does not depend on who else uses
the cores. From Aisle's the engine's own CPU time for the same searches is taken away; the rest is HTTP. The
engine's own time is what the searches add to the handler, under the same load. It is twenty times what HTTP
takes, and the machine's speed drifts by as much from one second to the next: so the servers are asked by
turns of a tenth of a second. Where their memory comes to lie makes a few microseconds too: so each round starts
them anew. Answers that the engine has in its cache are compared too, as a whole and with nothing taken away.
"""

import http.client
import itertools
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

HERE = Path(__file__).resolve().parent
CONNECTIONS = (1, 16, 256)
ROUNDS = 7
SECONDS = 1  # for one server alone, one number of connections and one round
TURN_SECONDS = 0.1
QUIET_SECONDS = 0.005
PATIENCE_SECONDS = 2
ROUND_SECONDS = 2  # for one server by turns
SEARCHES = 200
WHOLE = ("constant", "aisle_cached")  # where all that a request takes is compared
GROUPS = (("constant", "searching", "aisle"), ("constant", "aisle_cached"))  # each name is another process
START_SECONDS = 60
STOP_SECONDS = 30


def measure(programs, folder, data_dir, queries):
    """Lines of the result, one for each server and number of connections.

    `programs` has the built programs, `data_dir` the collection `bench`; files are made in `folder`. Rounds are
    short and alternate between the servers, so that what else the machine does falls on all of them alike.
    """
    targets, body, copy = folder / "targets.txt", folder / "body.json", folder / "data"
    targets.write_text("".join(f"{target}\n" for target in search_targets(queries)), encoding="utf-8")
    cached = folder / "cached_targets.txt"
    cached.write_text("".join(f"{target}&use_cache=true\n" for target in search_targets(queries)), encoding="utf-8")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(data_dir, copy)  # a folder has one engine at a time
    threads = ["--threads", os.cpu_count()]
    aisle = [programs / "aisle", "serve", "--data-dir", data_dir, "--port", "0", *threads, "--log-level"]
    constant = [programs / "constant_server", *threads, "--body", body]
    with Server([*aisle, "warn"], folder / "aisle.log") as server:
        body.write_bytes(typical_answer(server.port, targets))
    rounds = []
    for _ in range(ROUNDS):
        with (Server([*aisle, "warn"], folder / "aisle.log") as server,
              Server(constant, folder / "constant.log") as plain,
              Server([*constant, "--data-dir", copy, "--targets", targets], folder / "searching.log") as searching):
            rounds.append(compare({"constant": (plain, targets), "searching": (searching, targets),
                                   "aisle": (server, targets), "aisle_cached": (server, cached)}))
    lines = [median_line(same) for same in zip(*rounds)]
    with Server([*aisle, "info"], folder / "access.log") as server:
        load(server, targets, 16)
        lines.append(median_line([{"server": "aisle_logging", **load(server, targets, 16)} for _ in range(ROUNDS)]))
    shutil.rmtree(copy)
    common = {"body_bytes": body.stat().st_size, "searches": SEARCHES, "cores": os.cpu_count()}
    return [{**line, **common} for line in lines]


def compare(servers):
    """`servers` has for each name a server and what it is asked. Latency is that of a server alone, CPU time by turns."""
    for server, targets in servers.values():  # to warm up
        load(server, targets, 16)
    lines = {}
    for connections in CONNECTIONS:
        for group in GROUPS:
            cpu_us = load_by_turns({name: servers[name] for name in group}, connections)
            plain = cpu_us["constant"]
            engine = cpu_us.get("searching", plain) - plain
            for name in group:
                http_us = cpu_us[name] - (0 if name in WHOLE else engine)
                lines[name, connections] = {"server": name, **load(*servers[name], connections), "cpu_us": cpu_us[name],
                                            "http_us": http_us, "ratio": http_us / plain}
    return [line for line in lines.values() if line["server"] != "searching"]


def median_line(lines):
    """The median of each number."""
    return {name: value if isinstance(value, str) else statistics.median(line[name] for line in lines)
            for name, value in lines[0].items()}


def search_targets(queries):
    words = [line.split("\t", 1)[0] for line in queries.read_text(encoding="utf-8").splitlines()[:SEARCHES]]
    return [
        f"/collections/bench/documents/search?q={quote(text)}&prefix=false&per_page=10&facet_by=brand,category,color"
        for text in words
    ]


class Server:
    """A server that runs until its block ends. What it prints is a file."""

    def __init__(self, command, log):
        self._command, self._log = list(map(str, command)), log

    def __enter__(self):
        with self._log.open("w", encoding="utf-8") as file:
            self._process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, stdout=file, stderr=file)
        self.pid = self._process.pid
        give_up = time.monotonic() + START_SECONDS
        while time.monotonic() < give_up and self._process.poll() is None:
            told = re.search(r"listening on (?:http://127\.0\.0\.1:)?(\d+)", self._log.read_text(encoding="utf-8"))
            if told:
                self.port = int(told[1])
                return self
            time.sleep(0.05)
        self.__exit__()
        raise RuntimeError(f"{self._command[0]} did not start: {self._log.read_text(encoding='utf-8')[-500:]}")

    def __exit__(self, *_):
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def typical_answer(port, targets):
    """The answer whose size is nearest to the mean size of all."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    answers = []
    for target in targets.read_text(encoding="utf-8").splitlines():
        connection.request("GET", target)
        answer = connection.getresponse()
        answers.append(answer.read())
        if answer.status != 200:
            raise RuntimeError(f"{target} answers {answer.status}: {answers[-1][:500]}")
    connection.close()
    mean = sum(map(len, answers)) / len(answers)
    return min(answers, key=lambda body: abs(len(body) - mean))


class Load:
    """One run of wrk."""

    def __init__(self, server, targets, connections, seconds):
        self._pid, self._connections, self._seconds = server.pid, connections, seconds
        self._before = cpu_seconds(self._pid)
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", HERE / "searches.lua", f"http://127.0.0.1:{server.port}"]
        self._wrk = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "AISLE_TARGETS": str(targets)})

    def pause(self):
        """Returns when the server has answered what it was asked, so that the next one has the cores for itself."""
        self._wrk.send_signal(signal.SIGSTOP)
        spent, give_up = -1, time.monotonic() + PATIENCE_SECONDS
        while spent != (spent := cpu_seconds(self._pid)) and time.monotonic() < give_up:
            time.sleep(QUIET_SECONDS)

    def resume(self):
        self._wrk.send_signal(signal.SIGCONT)

    def finish(self):
        """What wrk saw, and the CPU time of the server's process by request."""
        output = self._wrk.communicate(timeout=self._seconds + 30)[0]
        spent = cpu_seconds(self._pid) - self._before
        line = json.loads(output.splitlines()[-1])
        if line["errors"] or not line["requests"]:
            raise RuntimeError(f"wrk had {line['errors']} errors in {line['requests']} requests with {self._connections} connections")
        return {"connections": self._connections, **line, "per_s": line["requests"] / line["seconds"],
                "cpu_us": spent * 1e6 / line["requests"]}


def load(server, targets, connections):
    return Load(server, targets, connections, SECONDS).finish()


def load_by_turns(servers, connections):
    """CPU microseconds of a request, by server. One is asked while the others rest."""
    seconds = ROUND_SECONDS * len(servers)
    end = time.monotonic() + seconds
    loads = {name: Load(*server, connections, seconds) for name, server in servers.items()}
    try:
        for each in loads.values():
            each.pause()
        turns = itertools.cycle(loads.values())
        while time.monotonic() + 2 * TURN_SECONDS < end:
            each = next(turns)
            each.resume()
            time.sleep(TURN_SECONDS)
            each.pause()
    finally:
        for each in loads.values():
            each.resume()
    return {name: each.finish()["cpu_us"] for name, each in loads.items()}


def cpu_seconds(pid):
    """Time that the threads of a process have run so far, user and system; exact, unlike the ticks of /proc/PID/stat."""
    return sum(int(path.read_text(encoding="ascii").split()[0]) for path in Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e9
