// SPDX-License-Identifier: GPL-3.0-or-later
// A real server with the sample catalog, for the time of a test file.
//
// AISLE_BIN names the binary (default build/release/bin/aisle), all paths are from the repository's
// root.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

const BINARY = resolve(ROOT, process.env.AISLE_BIN || "build/release/bin/aisle");
const CATALOG = "data/samples/products.jsonl.gz";
const SCHEMA = "data/samples/schema.json";
const START_MS = 30000;
const STOP_MS = 15000;

async function freePort() {
  const probe = createServer();
  probe.listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

async function isHealthy(url) {
  try {
    return (await fetch(`${url}/health`)).ok;
  } catch {
    return false;
  }
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

export class ShopServer {
  #child = null;
  #output = "";

  /** A running server that has the sample catalog as collection "products". */
  static async withCatalog() {
    const server = new ShopServer();
    server.directory = await mkdtemp(join(tmpdir(), "aisle-web-"));
    server.port = await freePort();
    server.url = `http://127.0.0.1:${server.port}`;
    await server.start();
    await server.importCatalog();
    return server;
  }

  async start() {
    this.#output = "";
    const child = spawn(
      BINARY,
      ["serve", "--data-dir", this.directory, "--listen", `127.0.0.1:${this.port}`],
      { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] },
    );
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (text) => {
        this.#output = (this.#output + text).slice(-4000);
      });
    }
    let failure = null;
    child.on("error", (error) => {
      failure = error;
    });
    const deadline = Date.now() + START_MS;
    while (!(await isHealthy(this.url))) {
      if (failure) throw failure;
      assert.equal(child.exitCode, null, `the server ended: ${this.#output}`);
      assert.ok(Date.now() < deadline, `the server is not healthy in time: ${this.#output}`);
      await pause(50);
    }
  }

  async importCatalog() {
    const child = spawn(
      BINARY,
      ["import", CATALOG, "--collection", "products", "--schema", SCHEMA, "--url", this.url],
      { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] },
    );
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (text) => {
        output = (output + text).slice(-4000);
      });
    }
    const [code] = await once(child, "exit");
    assert.equal(code, 0, `the import failed: ${output}`);
  }

  /** Makes a collection of these documents, for catalogs that are unlike the sample. */
  async createCollection(schema, documents) {
    const post = async (path, body) => {
      const response = await fetch(`${this.url}${path}`, { method: "POST", body });
      const text = await response.text();
      assert.ok(response.ok && !text.includes('"success":false'), text);
    };
    await post("/collections", JSON.stringify(schema));
    await post(
      `/collections/${schema.name}/documents/import`,
      documents.map((document) => JSON.stringify(document)).join("\n"),
    );
  }

  /** Ends the server's process; the data stays for another start(). */
  async stop() {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    await ended;
    clearTimeout(timer);
  }

  async remove() {
    await this.stop();
    await rm(this.directory, { recursive: true, force: true });
  }
}
