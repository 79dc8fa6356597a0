#!/usr/bin/env bash
# Starts PgBouncer in transaction mode in front of a PostgreSQL (HOST PORT USER PASSWORD), prints the port on which it answers, and ends when standard input does.
# Exit code 3: it cannot run here, and standard error says why.
set -uo pipefail

bouncer=$(command -v pgbouncer || echo /usr/sbin/pgbouncer)
[ -x "$bouncer" ] || { echo "PgBouncer is not installed (Debian: apt-get install pgbouncer)" >&2; exit 3; }
if [ "$(id -u)" -eq 0 ]; then
  # It refuses to run as root. The text goes along, because the other user may not be able to read this file.
  exec setpriv --reuid=postgres --regid=postgres --clear-groups bash -c "$(cat "${BASH_SOURCE[0]}")" pgbouncer.sh "$@"
fi

exec 3<&0
cd /
umask 077
folder=$(mktemp -d "${TMPDIR:-/tmp}/hearth-pgbouncer-XXXXXX") || exit 3
clean_up() {
  kill "$process" 2>/dev/null
  rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 1' TERM INT HUP

printf '"%s" "%s"\n' "$3" "$4" >"$folder/users"
for _ in 1 2 3 4 5 6 7 8 9 10; do
  port=$((12000 + RANDOM % 20000))
  # Few connections to the server, so that clients really share them.
  cat >"$folder/ini" <<END
[databases]
* = host=$1 port=$2
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $port
unix_socket_dir =
auth_type = md5
auth_file = $folder/users
pool_mode = transaction
default_pool_size = 4
max_client_conn = 500
ignore_startup_parameters = extra_float_digits
END
  "$bouncer" "$folder/ini" >"$folder/log" 2>&1 3<&- </dev/null &
  process=$!
  for _ in $(seq 100); do
    if (exec 4<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      cat <&3 >/dev/null &
      wait $!
      exit 0
    fi
    kill -0 "$process" 2>/dev/null || break
    sleep 0.1
  done
  kill "$process" 2>/dev/null
done
cat "$folder/log" >&2
exit 3
