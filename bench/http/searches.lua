-- SPDX-License-Identifier: GPL-3.0-or-later
-- For wrk: asks for each line of the file AISLE_TARGETS in turn; prints one JSON line at the end.

local requests = {}
for target in io.lines(os.getenv("AISLE_TARGETS")) do
  requests[#requests + 1] = "GET " .. target .. " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
end
local next_request = 0

function request()
  next_request = next_request % #requests + 1
  return requests[next_request]
end

function done(summary, latency, _)
  local errors = summary.errors
  print(string.format(
    '{"requests":%d,"seconds":%.6f,"bytes":%d,"p50_us":%d,"p99_us":%d,"errors":%d}',
    summary.requests, summary.duration / 1e6, summary.bytes, latency:percentile(50), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
