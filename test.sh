#!/usr/bin/env bash
# Builds Hearth and runs every test it has, on SQLite and on PostgreSQL: the .NET tests, then the official JavaScript SDK,
# plain HTTP and a browser against real servers, the tests within the dashboard, and a smoke of the measurements in bench/.
# Ends with one line: N passed, N failed, N skipped.
#
# Missing Debian packages are installed when this runs as root with apt-get; otherwise it says what to install.
# CI=true turns every missing part into a failure instead of a skip.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
results=$PWD/artifacts/test-results
passed=0 failed=0 skipped=0

say() { printf '\n== %s\n' "$*"; }

# A part that cannot run: a failure in CI, a skip elsewhere.
lacks() {
  printf '   missing: %s\n' "$*"
  if [ "${CI:-}" = true ]; then failed=$((failed + 1)); else skipped=$((skipped + 1)); fi
}

finish() {
  say "All suites"
  [ "$failed" -eq 0 ] || ! node_is_new_enough || node tests/failures.mjs "$results"
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
  exit
}

node_is_new_enough() {
  command -v node >/dev/null && command -v npm >/dev/null &&
    node -e 'const [major, minor] = process.versions.node.split("."); process.exit(major > 20 || (major == 20 && minor >= 19) ? 0 : 1)'
}

install_packages() {
  local wanted=()
  node_is_new_enough || wanted+=(nodejs npm)
  command -v sqlite3 >/dev/null || wanted+=(sqlite3)
  command -v wrk >/dev/null || wanted+=(wrk)
  command -v openssl >/dev/null || wanted+=(openssl)
  command -v oathtool >/dev/null || wanted+=(oathtool)
  command -v vipsthumbnail >/dev/null || wanted+=(libvips-tools)
  compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || wanted+=(postgresql)
  [ -x /usr/sbin/pgbouncer ] || command -v pgbouncer >/dev/null || wanted+=(pgbouncer)
  [ -x "${CHROMIUM:-/usr/bin/chromium}" ] || wanted+=(chromium fonts-liberation)
  [ ${#wanted[@]} -eq 0 ] && return
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    say "Installing ${wanted[*]}"
    local apt=(apt-get -qq -o DPkg::Lock::Timeout=600 -o APT::Update::Error-Mode=any)
    "${apt[@]}" update && DEBIAN_FRONTEND=noninteractive "${apt[@]}" install --yes --no-install-recommends "${wanted[@]}" >/dev/null ||
      printf '   apt-get could not install them; going on with what is here\n'
  else
    printf '   please install: %s (Debian: apt-get install %s)\n' "${wanted[*]}" "${wanted[*]}"
  fi
}

# Debian's Node.js may be older than the tests need; npm has it as a package, without root.
fetch_node() {
  local arch
  case $(uname -sm) in
    "Linux x86_64") arch=x64 ;;
    "Linux aarch64") arch=arm64 ;;
    *) return ;;
  esac
  command -v npm >/dev/null || return
  say "Fetching Node.js 20 (the one here is older)"
  npm install --no-save --no-audit --no-fund --loglevel=error --prefix artifacts/node "node-linux-$arch@20" &&
    export PATH="$PWD/artifacts/node/node_modules/node-linux-$arch/bin:$PATH"
}

# Adds the counts of one .trx file (the XML that `dotnet test` writes).
count_trx() {
  local counters total executed ok
  counters=$(grep -o '<Counters [^>]*>' "$1" | tail -1)
  total=$(sed -E 's/.* total="([0-9]+)".*/\1/' <<<"$counters")
  executed=$(sed -E 's/.* executed="([0-9]+)".*/\1/' <<<"$counters")
  ok=$(sed -E 's/.* passed="([0-9]+)".*/\1/' <<<"$counters")
  passed=$((passed + ok)) failed=$((failed + executed - ok)) skipped=$((skipped + total - executed))
}

# Adds the counts that end a TAP file of `node --test`.
count_tap() {
  local name value
  while read -r _ name value; do
    case $name in
      pass) passed=$((passed + value)) ;;
      fail | cancelled) failed=$((failed + value)) ;;
      skipped | todo) skipped=$((skipped + value)) ;;
    esac
  done < <(grep -E '^# (pass|fail|cancelled|skipped|todo) [0-9]+$' "$1")
}

# A runner that ended badly, or left no counts, is never read as a success.
check_runner() {
  local name=$1 code=$2 failed_before=$3 seen=$4
  if [ "$seen" -eq 0 ] || { [ "$code" -ne 0 ] && [ "$failed" -eq "$failed_before" ]; }; then
    printf '   %s ended with code %s and %s test results\n' "$name" "$code" "$seen"
    failed=$((failed + 1))
  fi
}

# One PostgreSQL for all suites; it ends with this script (tests/postgres.sh). Each test makes databases of its own in it.
start_postgres() {
  coproc POSTGRES { exec tests/postgres.sh; }
  read -r HEARTH_TEST_POSTGRES <&"${POSTGRES[0]}" && export HEARTH_TEST_POSTGRES
}

dotnet_tests() {
  local engine=$1
  say ".NET tests on $engine (tests/Hearth.Tests)"
  local before=$failed sum=$((passed + failed + skipped)) code=0
  HEARTH_TEST_ENGINE=$engine dotnet test tests/Hearth.Tests -c Release --no-build --nologo \
    --logger "console;verbosity=minimal" --logger "trx;LogFileName=dotnet-$engine.trx" --results-directory "$results" || code=$?
  [ -s "$results/dotnet-$engine.trx" ] && count_trx "$results/dotnet-$engine.trx"
  check_runner "dotnet test" "$code" "$before" $((passed + failed + skipped - sum))
}

sdk_tests() {
  local engine=$1
  say "SDK, HTTP and browser tests on $engine (tests/sdk)"
  if ! node_is_new_enough; then lacks "Node.js 20.19 or newer with npm, for tests/sdk"; return; fi
  local before=$failed sum=$((passed + failed + skipped)) code=0
  (cd tests/sdk && npm ci --no-audit --no-fund --loglevel=error &&
    HEARTH_TEST_ENGINE=$engine node --test --test-concurrency=2 \
      --test-reporter=spec --test-reporter-destination=stdout \
      --test-reporter=tap --test-reporter-destination="$results/sdk-$engine.tap") || code=$?
  [ -s "$results/sdk-$engine.tap" ] && count_tap "$results/sdk-$engine.tap"
  check_runner "node --test" "$code" "$before" $((passed + failed + skipped - sum))
}

# Types, style and the unit tests of the dashboard. What it does in a browser is with the SDK tests (tests/sdk/dashboard).
dashboard_tests() {
  say "Types, style and unit tests of the dashboard (src/dashboard)"
  if ! node_is_new_enough; then lacks "Node.js 20.19 or newer with npm, for src/dashboard"; return; fi
  local before=$failed sum=$((passed + failed + skipped)) code=0 report=$results/dashboard.json counts=(0 0 0)
  (cd src/dashboard && { [ -d node_modules ] || npm ci --no-audit --no-fund --loglevel=error; } &&
    npm run --silent check -- --reporter=default --reporter=json --outputFile.json="$report") || code=$?
  [ -s "$report" ] && read -ra counts < <(node -p "const r = JSON.parse(fs.readFileSync('$report')); [r.numPassedTests, r.numFailedTests, r.numPendingTests + r.numTodoTests].join(' ')")
  passed=$((passed + counts[0])) failed=$((failed + counts[1])) skipped=$((skipped + counts[2]))
  check_runner "npm run check" "$code" "$before" $((passed + failed + skipped - sum))
}

# The suites of what nodes share, on two of them behind a balancer: no client may see that there is more than one.
two_node_tests() {
  say "SDK tests on two nodes (tests/sdk)"
  if ! node_is_new_enough; then return; fi
  local before=$failed sum=$((passed + failed + skipped)) code=0
  (cd tests/sdk && HEARTH_TEST_ENGINE=postgres HEARTH_TEST_NODES=2 node --test --test-concurrency=2 \
    --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=tap --test-reporter-destination="$results/sdk-nodes.tap" \
    methods/{collections,crons,logs,records}.test.mjs accounts/oauth2.test.mjs backups/backups.test.mjs \
    files/{doctor,files,hotels,pictures,resumable,s3}.test.mjs realtime/*.test.mjs) || code=$?
  [ -s "$results/sdk-nodes.tap" ] && count_tap "$results/sdk-nodes.tap"
  check_runner "node --test" "$code" "$before" $((passed + failed + skipped - sum))
}

# That measuring works, not how fast anything is.
bench_smoke() {
  say "Smoke of the measurements (bench/smoke)"
  if ! node_is_new_enough; then lacks "Node.js 20.19 or newer, for bench"; return; fi
  if ! command -v wrk >/dev/null || ! command -v sqlite3 >/dev/null; then lacks "wrk and sqlite3, for bench"; return; fi
  local before=$failed sum=$((passed + failed + skipped)) code=0
  HEARTH_PROGRAM=$PWD/src/Hearth.Cli/bin/Release/net10.0/hearth node --test --test-concurrency=2 \
    --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=tap --test-reporter-destination="$results/bench.tap" bench/smoke/*.test.mjs || code=$?
  [ -s "$results/bench.tap" ] && count_tap "$results/bench.tap"
  check_runner "node --test" "$code" "$before" $((passed + failed + skipped - sum))
}

rm -rf "$results" && mkdir -p "$results"
if ! command -v dotnet >/dev/null; then
  lacks "the .NET 10 SDK (https://dot.net)"
  failed=$((failed > 0 ? failed : 1)) skipped=0
  finish
fi
install_packages
node_is_new_enough || fetch_node

say "Building Hearth.slnx (Release)"
if ! dotnet build Hearth.slnx -c Release --nologo -v q; then
  printf '   the build failed\n'
  failed=$((failed + 1))
  finish
fi
# HEARTH_ENGINES=sqlite leaves the other engine out, for a quick look.
read -ra engines <<<"${HEARTH_ENGINES:-sqlite postgres}"
if [[ " ${engines[*]} " == *" postgres "* ]]; then
  export HEARTH_DIFFERENCES=${HEARTH_DIFFERENCES:-300}
  start_postgres || { lacks "PostgreSQL 15 or newer, for all suites once more on it"; engines=(sqlite); }
fi
dashboard_tests
for engine in "${engines[@]}"; do
  dotnet_tests "$engine"
  sdk_tests "$engine"
done
[[ " ${engines[*]} " == *" postgres "* ]] && two_node_tests
bench_smoke
finish
