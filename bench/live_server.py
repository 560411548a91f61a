# SPDX-License-Identifier: GPL-3.0-or-later
"""What the measurements of a catalog that changes share: a server with the collection `bench`, searches at a steady rate."""

import http.client
import json
import multiprocessing
import os
import pathlib
import random
import re
import subprocess
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[1]


def quantile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))] if values else float("nan")


def small_catalog(count):
    chance = random.Random(7)
    words = ["lamp", "shoe", "red", "blue", "table", "chair", "trail", "steel", "oak", "light"]
    for number in range(count):
        yield {"id": f"p{number}", "title": " ".join(chance.choices(words, k=4)), "description": "of all",
               "brand": chance.choice(["Nord", "West", "Ost"]), "category": "Home > Lamps", "color": "red",
               "sizes": ["S", "M"], "price": number % 90 + 0.5, "rating": 3.5, "popularity": number % 50,
               "stock": number % 7, "in_stock": number % 7 > 0}


class Server:
    def __init__(self, program, directory):
        self.process = subprocess.Popen(
            [program, "serve", "--data-dir", directory, "--port", "0", "--log-level", "warn", "--json"],
            stdout=subprocess.PIPE, text=True)
        self.port = int(re.search(r":(\d+)", json.loads(self.process.stdout.readline())["url"][5:])[1])

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)

    def seconds(self):
        """Processor time so far."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident_bytes(self, line="VmRSS"):
        """Or, of another line, VmHWM: at its peak; RssAnon: without the pages of files."""
        return int(re.search(line + r":\s+(\d+)", pathlib.Path(f"/proc/{self.process.pid}/status").read_text())[1]) << 10

    def metrics(self):
        """Of the collection, by name without `aisle_`."""
        connection = self.connect()
        connection.request("GET", "/metrics")
        text = connection.getresponse().read().decode()
        return {name: float(value) for name, value in re.findall(r'^aisle_(\w+)\{collection="bench"\} (\S+)', text, re.M)}

    def stop(self):
        self.process.terminate()
        return self.process.wait(timeout=600)


class Searcher:
    """Searches at a steady rate; times count from when a search was due. It is a process of its own: threads of Python that send
    changes would be in its way, and their waiting would count as the server's."""

    def __init__(self, server, queries, rate):
        self.server, self.queries, self.rate = server, queries, rate
        self.over, self.queue = multiprocessing.Event(), multiprocessing.Queue()
        self.process = multiprocessing.Process(target=self.run, daemon=True)
        self.so_far = []

    def start(self):
        self.process.start()

    def run(self):
        connection = self.server.connect()
        chance, begin, count = random.Random(3), time.monotonic(), 0
        while not self.over.is_set():
            due = begin + count / self.rate
            count += 1
            time.sleep(max(0, due - time.monotonic()))
            connection.request("GET", "/collections/bench/documents/search?" + chance.choice(self.queries))
            answer = connection.getresponse()
            text = answer.read()
            self.queue.put(time.monotonic() - due if answer.status == 200 else text)
        self.queue.put(None)

    @property
    def times(self):
        """Of the searches so far."""
        while not self.queue.empty():
            self.take(self.queue.get())
        return self.so_far

    def take(self, time_or_error):
        if isinstance(time_or_error, bytes):
            raise AssertionError(time_or_error)
        self.so_far.append(time_or_error)

    def join(self):
        """Ends it and waits for that."""
        self.over.set()
        while (last := self.queue.get(timeout=60)) is not None:
            self.take(last)
        self.process.join()


def make_queries(documents):
    chance = random.Random(5)
    queries = []
    for _ in range(500):
        words = chance.choice(documents)["title"].split()
        query = {"q": " ".join(chance.sample(words, min(len(words), chance.choice([1, 1, 2])))),
                 "query_by": "title,description", "facet_by": "brand,color"}
        if chance.random() < 0.5:
            query["filter_by"] = chance.choice(["price:<100", "price:[20..80]", "stock:>0 && price:<300", "in_stock:true"])
        if chance.random() < 0.25:
            query["sort_by"] = chance.choice(["price:asc", "popularity:desc"])
        queries.append(urllib.parse.urlencode(query))
    return queries
