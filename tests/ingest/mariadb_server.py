# SPDX-License-Identifier: GPL-3.0-or-later
"""A MariaDB server of its own, with a store, for tests: in a temporary folder, on a free loopback port."""

import atexit
import functools
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

from postgres_server import free_port

SETTINGS = {
    "bind-address": "127.0.0.1", "log-bin": "binlog", "binlog-format": "ROW", "binlog-row-metadata": "FULL",
    "server-id": "1", "innodb-buffer-pool-size": "32M", "innodb-log-file-size": "8M",
    # Written at each commit, so that a killed server loses nothing; as fast as a test needs it.
    "innodb-flush-log-at-trx-commit": "2", "sync-binlog": "1", "skip-name-resolve": "1", "performance-schema": "0",
}


# Run by root, the server wants to be told so.
USER = ["--user=root"] if os.geteuid() == 0 else []


@functools.cache
def new_data():
    """The data of a new server, made once for all tests of a process."""
    folder = tempfile.mkdtemp(prefix="aisle-mariadb-new-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    subprocess.run(["mariadb-install-db", "--no-defaults", f"--datadir={folder}/data", *USER, "--skip-test-db",
                    "--auth-root-authentication-method=normal", "--skip-name-resolve", "--innodb-log-file-size=8M"],
                   check=True, capture_output=True, timeout=60)
    return f"{folder}/data"


class MariadbServer:
    def __init__(self, **settings):
        self.folder = tempfile.mkdtemp(prefix="aisle-mariadb-")
        self.port = free_port()
        self.options = {**SETTINGS, **{key.replace("_", "-"): value for key, value in settings.items()}}
        shutil.copytree(new_data(), f"{self.folder}/data")
        self.process = None
        self.start()
        self.sql("CREATE DATABASE store CHARACTER SET utf8mb4; CREATE USER store@'127.0.0.1' IDENTIFIED BY 'secret'; "
                 "GRANT ALL ON store.* TO store@'127.0.0.1'; "
                 "GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO store@'127.0.0.1'", database="")

    def start(self):
        command = ["/usr/sbin/mariadbd", "--no-defaults", *USER, f"--datadir={self.folder}/data",
                   f"--socket={self.folder}/socket", f"--pid-file={self.folder}/pid", f"--port={self.port}",
                   *[f"--{key}={value}" for key, value in self.options.items()]]
        with open(pathlib.Path(self.folder) / "log", "a") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while self.client("SELECT 1", "").returncode != 0:
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((pathlib.Path(self.folder) / "log").read_text()[-3000:])
            time.sleep(0.05)

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(timeout=60)

    def restart(self, how=signal.SIGTERM):
        self.stop(how)
        self.start()

    def close(self):
        if self.process is not None and self.process.poll() is None:
            self.stop(signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def connection(self):
        return f"host=127.0.0.1 port={self.port} user=store password=secret database=store"

    def command(self, database, *options):
        return ["mariadb", "--no-defaults", f"--socket={self.folder}/socket", "--user=root",
                "--default-character-set=utf8mb4", "--batch", "--raw", "--skip-column-names", *options,
                *([database] if database else [])]

    def client(self, text, database, *options):
        return subprocess.run(self.command(database, *options), input=text, capture_output=True, text=True, timeout=600,
                              check=False)

    def shell(self):
        """A program that takes statements, and what makes it print `done`."""
        return self.command("store", "--unbuffered", "--force"), "SELECT 'done';"

    def sql(self, text, database="store", check=True):
        """What the statements print: a line for each row, columns separated by tabs."""
        result = self.client(text, database, *([] if check else ["--force"]))
        if check and result.returncode != 0:
            raise RuntimeError(result.stderr)
        return result.stdout.strip()

    def make_store(self, products):
        self.sql((pathlib.Path(__file__).parent / "mariadb_store.sql").read_text().replace(":products", str(products)))

    def cut_connections(self):
        numbers = self.sql("SELECT id FROM information_schema.processlist WHERE user = 'store'", check=False).split()
        self.sql("".join(f"KILL CONNECTION {number};" for number in numbers), check=False)
