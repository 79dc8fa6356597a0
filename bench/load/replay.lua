-- wrk script: sends the requests of a file over and over, and prints what came of it as one line of JSON.
-- The file (argument 1) holds raw HTTP/1.1 requests, each as a line with its length and then its bytes.
-- Each thread begins at another place, so that two threads do not ask the same thing at the same moment.

local count = 0

function setup(thread)
  thread:set("number", count)
  count = count + 1
end

function init(args)
  requests = {}
  local file = assert(io.open(args[1], "rb"))
  while true do
    local length = file:read("*n")
    if not length then break end
    file:read(1)
    requests[#requests + 1] = file:read(length)
    file:read(1)
  end
  file:close()
  position = (number * 7919) % #requests
end

function request()
  position = position % #requests + 1
  return requests[position]
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    'RESULT {"requests":%d,"bytes":%d,"micros":%d,"p50":%d,"p90":%d,"p99":%d,"max":%d,"failed":%d,"refused":%d}',
    summary.requests, summary.bytes, summary.duration,
    latency:percentile(50), latency:percentile(90), latency:percentile(99), latency.max,
    errors.connect + errors.read + errors.write + errors.timeout, errors.status))
end
