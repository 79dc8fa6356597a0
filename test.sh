#!/usr/bin/env bash
# Builds Hearth and runs every test it has, on SQLite and on PostgreSQL: the .NET tests, then the official JavaScript SDK,
# plain HTTP and a browser against real servers, the tests within the dashboard, and a smoke of the measurements in bench/.
# Before its end it tells the slowest cases, what each part took and what it may take (tests/budgets.json): over its budget a part is
# warned about, over twice its budget it fails. Ends with one line: N passed, N failed, N skipped.
#
# --fast is for daily work: SQLite only, no browser, nothing that kills servers over and over, no smoke of the measurements.
# HEARTH_ENGINES=sqlite (or postgres) leaves the other engine out.
#
# Missing Debian packages are installed when this runs as root with apt-get; otherwise it says what to install.
# CI=true turns every missing part into a failure instead of a skip.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
results=$PWD/artifacts/test-results
passed=0 failed=0 skipped=0
fast=false
case ${1:-} in
  '') ;;
  --fast) fast=true ;;
  *) echo "usage: ./test.sh [--fast]" >&2; exit 2 ;;
esac

say() { printf '\n== %s\n' "$*"; }

# A part that cannot run: a failure in CI, a skip elsewhere.
lacks() {
  printf '   missing: %s\n' "$*"
  if [ "${CI:-}" = true ]; then failed=$((failed + 1)); else skipped=$((skipped + 1)); fi
}

# Runs a part and writes down what it took.
timed() {
  local name=$1 began=$EPOCHREALTIME
  shift
  "$@"
  local code=$?
  printf '%s\t%s\n' "$name" "$(((${EPOCHREALTIME/[.,]/} - ${began/[.,]/}) / 1000000))" >>"$results/times"
  return "$code"
}

finish() {
  if node_is_new_enough; then
    say "The slowest cases"
    node tests/reports/slowest.mjs "$results" 30
    say "What each part took"
    [ ! -s "$results/times" ] || node tests/reports/times.mjs tests/budgets.json "$results/times" || failed=$((failed + 1))
  fi
  say "All suites"
  [ ! -s "$results/broken" ] || cat "$results/broken"
  [ "$failed" -eq 0 ] || ! node_is_new_enough || node tests/reports/failures.mjs "$results"
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
  [ -x "${CHROMIUM:-/usr/bin/chromium-headless-shell}" ] || wanted+=(chromium-headless-shell fonts-liberation)
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
    printf '   failed: %s ended with code %s and %s test results\n' "$name" "$code" "$seen" | tee -a "$results/broken"
    failed=$((failed + 1))
  fi
}

# Where the folders of tests go: into memory where there is room (and scripts may run), so that nobody waits for a disk to have written what is thrown away.
memory() {
  local room
  room=$(df --output=avail -BG /dev/shm 2>/dev/null | tail -1 | tr -dc 0-9)
  if [ "${room:-0}" -ge 8 ] && ! grep -q '^[^ ]* /dev/shm [^ ]* [^ ]*noexec' /proc/mounts; then echo /dev/shm; else echo "${TMPDIR:-/tmp}"; fi
}

# One PostgreSQL for all suites; it ends with this script (tests/postgres.sh). Each test makes databases of its own in it.
start_postgres() {
  coproc POSTGRES { exec tests/postgres.sh; }
  read -r HEARTH_TEST_POSTGRES <&"${POSTGRES[0]}" && export HEARTH_TEST_POSTGRES
}

# What does not hang on the engine (the trait runs=once, tests/Hearth.Tests/RunsOnceAttribute.cs) is left out when it comes to the second one.
dotnet_tests() {
  local engine=$1 only=() where=""
  if [ "$engine" != "${engines[0]}" ]; then only=(--filter "runs!=once") where=" (without those that ran once, on ${engines[0]})"; fi
  say ".NET tests on $engine (tests/Hearth.Tests)"
  local before=$failed sum=$((passed + failed + skipped)) code=0
  TMPDIR=$(memory) HEARTH_TEST_ENGINE=$engine dotnet test tests/Hearth.Tests -c Release --no-build --nologo "${only[@]}" \
    --logger "console;verbosity=minimal" --logger "trx;LogFileName=dotnet-$engine.trx" --results-directory "$results" || code=$?
  [ -s "$results/dotnet-$engine.trx" ] && count_trx "$results/dotnet-$engine.trx"
  printf '   %d cases on %s%s\n' $((passed + failed + skipped - sum)) "$engine" "$where"
  check_runner "dotnet test" "$code" "$before" $((passed + failed + skipped - sum))
}

# The program as it is shipped, compiled ahead of its start: the tests from the outside and the smoke start it hundreds of times, and most of a start would be compiling.
# This comes after the build, while the tests of the dashboard run.
program=$PWD/artifacts/program/hearth
publish() {
  dotnet publish src/Hearth.Cli -c Release --nologo -v q --use-current-runtime --self-contained false -p:PublishReadyToRun=true -p:CompileAhead=start -p:RunAnalyzers=false \
    -o "$(dirname "$program")" >"$results/publish.txt" 2>&1
}

# True when there is a program for the tests from the outside.
published() {
  [ -z "${publishing:-}" ] || wait "$publishing" || { cat "$results/publish.txt"; printf '   the program could not be published\n'; failed=$((failed + 1)); program=; }
  publishing=
  [ -n "$program" ] && export HEARTH_PROGRAM=$program
}

# The packages of the tests come while the compiler works: they are waited for, not computed.
fetch_sdk_packages() {
  node_is_new_enough || return 0
  (cd tests/sdk && { [ -e node_modules/.package-lock.json ] && [ ! package-lock.json -nt node_modules/.package-lock.json ] || npm ci --no-audit --no-fund --loglevel=error; })
}

# Each file where it belongs, side by side: tests/sdk/suites.mjs. What nodes share runs on two of them behind a balancer: no client may see that there is more than one.
sdk_tests() {
  say "SDK, HTTP and browser tests (tests/sdk)"
  if ! node_is_new_enough; then lacks "Node.js 20.19 or newer with npm, for tests/sdk"; return; fi
  published || return
  local before=$failed sum=$((passed + failed + skipped)) code=0 report options=(--engines "${engines[*]}" --results "$results")
  ! $fast || options+=(--fast)
  TMPDIR=$(memory) node tests/sdk/run.mjs "${options[@]}" || code=$?
  node --test-reporter=spec --test-reporter-destination=stdout --test-reporter=tap --test-reporter-destination="$results/reports.tap" tests/reports/reports.test.mjs || code=$?
  for report in "$results"/sdk\ *.tap "$results/reports.tap"; do [ ! -s "$report" ] || count_tap "$report"; done
  check_runner "tests/sdk/run.mjs" "$code" "$before" $((passed + failed + skipped - sum))
}

# Style and unit tests of the dashboard; its types were checked by the build. What it does in a browser is with the SDK tests (tests/sdk/dashboard).
dashboard_tests() {
  say "Style and unit tests of the dashboard (src/dashboard)"
  if ! node_is_new_enough; then lacks "Node.js 20.19 or newer with npm, for src/dashboard"; return; fi
  local before=$failed sum=$((passed + failed + skipped)) code=0 report=$results/dashboard.json counts=(0 0 0)
  (cd src/dashboard && { [ -d node_modules ] || npm ci --no-audit --no-fund --loglevel=error; } &&
    npm run --silent verify -- --reporter=default --reporter=json --outputFile.json="$report") || code=$?
  [ -s "$report" ] && read -ra counts < <(node -p "const r = JSON.parse(fs.readFileSync('$report')); [r.numPassedTests, r.numFailedTests, r.numPendingTests + r.numTodoTests].join(' ')")
  passed=$((passed + counts[0])) failed=$((failed + counts[1])) skipped=$((skipped + counts[2]))
  check_runner "npm run verify" "$code" "$before" $((passed + failed + skipped - sum))
}

# That measuring works, not how fast anything is.
bench_smoke() {
  say "Smoke of the measurements (bench/smoke)"
  if ! node_is_new_enough; then lacks "Node.js 20.19 or newer, for bench"; return; fi
  if ! command -v wrk >/dev/null || ! command -v sqlite3 >/dev/null; then lacks "wrk and sqlite3, for bench"; return; fi
  published || return
  local before=$failed sum=$((passed + failed + skipped)) code=0
  node --test --test-concurrency=2 \
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
[ ! -x /usr/bin/chromium-headless-shell ] || export CHROMIUM=${CHROMIUM:-/usr/bin/chromium-headless-shell}
node_is_new_enough || fetch_node

build() {
  say "Building Hearth.slnx (Release)"
  fetch_sdk_packages &
  local packages=$! dashboard=
  # Beside the compiler, not after it; the build then finds it done.
  if node_is_new_enough; then node src/dashboard/scripts/build.mjs >"$results/dashboard-build.txt" 2>&1 & dashboard=$!; fi
  if ! dotnet build Hearth.slnx -c Release --nologo -v q; then
    printf '   the build failed\n'
    failed=$((failed + 1))
    return 1
  fi
  [ -z "$dashboard" ] || wait "$dashboard" || { cat "$results/dashboard-build.txt"; printf '   the dashboard could not be built\n'; failed=$((failed + 1)); return 1; }
  publish &
  publishing=$!
  wait "$packages" || { printf '   the packages of tests/sdk could not be fetched\n'; failed=$((failed + 1)); return 1; }
}

timed "build" build || finish
read -ra engines <<<"${HEARTH_ENGINES:-sqlite postgres}"
! $fast || engines=(sqlite)
if [[ " ${engines[*]} " == *" postgres "* ]]; then
  export HEARTH_DIFFERENCES=${HEARTH_DIFFERENCES:-300}
  start_postgres || { lacks "PostgreSQL 15 or newer, for all suites once more on it"; engines=(sqlite); }
fi
timed "dashboard" dashboard_tests
for engine in "${engines[@]}"; do
  timed ".NET tests on $engine" dotnet_tests "$engine"
done
timed "SDK, HTTP and browser" sdk_tests
$fast || timed "smoke of the measurements" bench_smoke
finish
