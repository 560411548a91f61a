# SPDX-License-Identifier: GPL-3.0-or-later
"""A PostgreSQL server of its own, for the demo and for tests: in a temporary folder, on a free loopback port.

    postgres_server.py PROGRAM ARGUMENT...

runs a program with AISLE_POSTGRES set to how libpq reaches the server. initdb refuses root; as root the server runs as the user postgres.
"""

import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile

STORE = pathlib.Path(__file__).resolve().parent

SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
wal_level = logical
fsync = off
max_connections = 50
shared_buffers = 32MB
wal_sender_timeout = 10s
log_statement = none
"""


def binaries():
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if not found:
        raise RuntimeError("no server below /usr/lib/postgresql: run scripts/install-packages --postgres")
    return found[-1].parent


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class PostgresServer:
    def __init__(self, **settings):
        self.name = "store"  # of the database
        self.folder = tempfile.mkdtemp(prefix="aisle-postgres-")
        os.chmod(self.folder, 0o755)
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self.data = os.path.join(self.folder, "data")
        self.port = free_port()
        self.run("initdb", "--pgdata", self.data, "--username=store", "--auth=trust", "--encoding=UTF8", "--locale=C",
                 "--no-sync")
        lines = SETTINGS + f"port = {self.port}\n" + "".join(f"{key} = '{value}'\n" for key, value in settings.items())
        subprocess.run([*self.as_postgres(), "tee", "-a", f"{self.data}/postgresql.conf"], input=lines, text=True,
                       stdout=subprocess.DEVNULL, check=True, cwd="/")
        self.start()
        self.sql("CREATE DATABASE store", database="postgres")

    @staticmethod
    def as_postgres():
        return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []

    def run(self, program, *arguments):
        # Not captured: the server would keep the pipe open.
        subprocess.run([*self.as_postgres(), binaries() / program, *arguments], cwd="/", check=True, timeout=60,
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def start(self):
        self.run("pg_ctl", f"--pgdata={self.data}", f"--log={self.folder}/log", "--wait", "start")

    def stop(self, mode="fast"):
        self.run("pg_ctl", f"--pgdata={self.data}", "--wait", f"--mode={mode}", "stop")

    def restart(self, mode="fast"):
        self.stop(mode)
        self.start()

    def close(self):
        subprocess.run([*self.as_postgres(), binaries() / "pg_ctl", f"--pgdata={self.data}", "--mode=immediate", "stop"],
                       cwd="/", check=False, capture_output=True, timeout=60)
        shutil.rmtree(self.folder, ignore_errors=True)

    def connection(self, database=None):
        return f"host=127.0.0.1 port={self.port} dbname={database or self.name} user=store"

    def sql(self, text, database=None, check=True):
        """What the statements print: a line for each row, columns separated by |."""
        result = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", self.connection(database)],
                                input=text, capture_output=True, text=True, timeout=600, check=False)
        if check and result.returncode != 0:
            raise RuntimeError(result.stderr)
        return result.stdout.strip()

    def shell(self):
        """A program that takes statements, and what makes it print `done`."""
        return ["psql", "-q", "-X", "-A", "-t", self.connection()], "\\echo done"

    def make_store(self, products):
        self.sql((STORE / "schema.sql").read_text())
        self.sql((STORE / "seed.sql").read_text().replace(":products", str(products)))

    def cut_connections(self):
        self.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'aisle'", check=False)


def main():
    server = PostgresServer()
    try:
        environment = {**os.environ, "AISLE_POSTGRES": server.connection()}
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
    finally:
        server.close()


if __name__ == "__main__":
    raise SystemExit(main())
