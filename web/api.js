// SPDX-License-Identifier: GPL-3.0-or-later
// Calls to the search server that this page came from.

const KEY_ITEM = "aisle-api-key";
const TIMEOUT_MS = 10000;

/** A call that did not end well. `status` is the HTTP code, 0 where no answer came. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.name = "ApiError";
    this.status = status;
  }
}

/** True for the end of a call that its own caller gave up. */
export function isAbort(error) {
  return error instanceof DOMException && error.name === "AbortError";
}

/** Keeps the key for this browser tab. */
export function rememberKey(key) {
  sessionStorage.setItem(KEY_ITEM, key);
}

async function messageOf(response) {
  try {
    return String((await response.json()).message || response.statusText);
  } catch {
    return response.statusText || `HTTP ${response.status}`;
  }
}

// A call has its own deadline besides the caller's signal, so that a silent server shows as an
// error.
async function get(path, parameters = {}, signal = undefined) {
  const key = sessionStorage.getItem(KEY_ITEM);
  const query = new URLSearchParams(parameters).toString();
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), TIMEOUT_MS);
  const stop = () => limit.abort();
  signal?.addEventListener("abort", stop);
  try {
    const response = await fetch(query ? `${path}?${query}` : path, {
      headers: key ? { "X-AISLE-API-KEY": key } : {},
      signal: limit.signal,
    });
    if (!response.ok) throw new ApiError(response.status, await messageOf(response));
    return await response.json();
  } catch (error) {
    if (error instanceof ApiError || signal?.aborted) throw error;
    throw new ApiError(
      0,
      isAbort(error)
        ? `no answer within ${TIMEOUT_MS / 1000} seconds`
        : "the server cannot be reached",
    );
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

/** The calls on one collection. Each throws ApiError, or AbortError after `signal` was aborted. */
export class CollectionApi {
  constructor(name) {
    this.base = `/collections/${encodeURIComponent(name)}`;
  }

  schema() {
    return get(this.base);
  }

  search(parameters, signal) {
    return get(`${this.base}/documents/search`, parameters, signal);
  }

  suggest(parameters, signal) {
    return get(`${this.base}/suggest`, parameters, signal);
  }

  document(id, signal) {
    return get(`${this.base}/documents/${encodeURIComponent(id)}`, {}, signal);
  }
}
