#!/usr/bin/env bash
# Measures Hearth against floors and peers on this machine, or tests that crashes lose nothing. See bench/README.md.
#   ./bench.sh --quick     the table in under 3 minutes
#   ./bench.sh --help      everything else
#
# Missing Debian packages are installed when this runs as root with apt-get; otherwise it says what to install.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

install_packages() {
  local wanted=()
  command -v wrk >/dev/null || wanted+=(wrk)
  command -v sqlite3 >/dev/null || wanted+=(sqlite3)
  if [[ " $* " == *" --peers "* || " $* " == *" --postgres "* || " $* " == *" nodes "* || " $* " == *" signins "* || " $* " == *" others "* || " $* " == *" live "* || " $* " == *" backups "* || " $* " == *" --smoke "* ]]; then
    compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || wanted+=(postgresql)
  fi
  if [[ " $* " == *" pictures "* || " $* " == *" --smoke "* ]]; then
    command -v vipsthumbnail >/dev/null || wanted+=(libvips-tools)
  fi
  if [[ " $* " == *" --peers "* ]]; then
    command -v g++ >/dev/null || wanted+=(g++ make python3)
  fi
  [ ${#wanted[@]} -eq 0 ] && return
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing ${wanted[*]}" >&2
    apt-get -qq -o DPkg::Lock::Timeout=600 update >&2
    DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 install --yes --no-install-recommends "${wanted[@]}" >/dev/null
  else
    echo "please install: ${wanted[*]} (Debian: apt-get install ${wanted[*]})" >&2
    exit 2
  fi
}

for tool in dotnet node; do
  command -v "$tool" >/dev/null || { echo "$tool is missing (the .NET 10 SDK and Node.js 20 or newer are needed)" >&2; exit 2; }
done
install_packages "$@"

# Before anything else makes noise: how busy the machine is on its own.
HEARTH_BENCH_BEFORE=$(node bench/runner/quiet.mjs)
export HEARTH_BENCH_BEFORE

echo "Building (Release)" >&2
# As it is shipped: compiled ahead, so that the first request does not wait for the just-in-time compiler.
dotnet publish src/Hearth.Cli -c Release --nologo -v q --use-current-runtime --self-contained false -p:PublishReadyToRun=true -o artifacts/published >&2
dotnet build bench/Tools.slnf -c Release --nologo -v q >&2
if [[ " $* " == *" --smoke "* ]]; then exec node --test --test-concurrency=2 --test-reporter=spec bench/smoke/*.test.mjs; fi
exec node bench/runner/main.mjs "$@"
