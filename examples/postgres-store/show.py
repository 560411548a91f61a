#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A PostgreSQL with the store, an Aisle that keeps in step with it, and a trader; shows the lag until it is stopped.

    show.py AISLE [--port N] [--rate N] [--products N] [--seconds N]

Everything is in temporary folders and goes at the end.
"""

import argparse
import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

from postgres_server import STORE, PostgresServer


def call(url, body=None):
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data=data), timeout=30) as answer:
        return json.load(answer)


def wait_for_server(url, process):
    while process.poll() is None:
        try:
            return call(url + "/health")
        except OSError:
            time.sleep(0.1)
    raise SystemExit("show: the server did not start; is its port taken?")


def line_of(feed, documents):
    freshness, rates = feed["freshness"], feed["rates"]
    return (f"{feed['state']:9} {documents:7} products   position {feed['position']:12} lag {feed['lag_bytes']:9} bytes "
            f"{feed['lag_seconds']:6.3f} s   {rates['changes_per_second']:7.1f} changes/s   commit to visible: "
            f"half within {freshness['p50_ms_at_most']:g} ms, 99 % within {freshness['p99_ms_at_most']:g} ms")


def show(options, postgres, folder, running):
    postgres.make_store(options.products)
    url = f"http://127.0.0.1:{options.port}"
    log = open(pathlib.Path(folder) / "log", "w")
    aisle = subprocess.Popen([options.aisle, "serve", "--port", str(options.port), "--data-dir", folder + "/data"],
                             stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    running.append(aisle)
    wait_for_server(url, aisle)
    call(url + "/collections", json.loads((STORE / "collection.json").read_text()))
    call(url + "/feeds", {**json.loads((STORE / "feed.json").read_text()), "connection": postgres.connection()})
    running.append(subprocess.Popen([sys.executable, STORE / "trade.py", postgres.connection(), "--rate",
                                     str(options.rate), "--products", str(options.products)]))
    print(f"\n  PostgreSQL:  psql \"{postgres.connection()}\"\n  Aisle:       {url}/feeds/store\n"
          f"  Search:      {url}/collections/store/documents/search?q=shoe\n", flush=True)
    end = time.monotonic() + options.seconds
    while time.monotonic() < end and aisle.poll() is None:
        documents = call(url + "/collections/store")["num_documents"]
        print(line_of(call(url + "/feeds/store"), documents), flush=True)
        time.sleep(1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("aisle")
    parser.add_argument("--port", type=int, default=8108)
    parser.add_argument("--rate", type=float, default=50, help="transactions a second")
    parser.add_argument("--products", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=1e9)
    options = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(0))
    running = []
    print("Starting PostgreSQL", flush=True)
    postgres = PostgresServer()
    try:
        with tempfile.TemporaryDirectory(prefix="aisle-store-") as folder:
            try:
                show(options, postgres, folder, running)
            finally:
                for process in reversed(running):
                    process.terminate()
                    process.wait(timeout=30)
    except KeyboardInterrupt:
        pass
    finally:
        postgres.close()


if __name__ == "__main__":
    main()
