#!/usr/bin/env bash
# Starts a fresh PostgreSQL for tests on a free port of the loopback interface, prints one line with its connection string
# (the role may make databases) when it answers, and takes everything away when standard input ends: also when whoever
# started it is killed. Exit code 3: it cannot run here, and standard error says why.
#
# With --durable it keeps what it has committed through a crash, and each line of standard input is an order, answered by a line "done" (or
# "failed"): crash (all its processes end at once), start (after a crash), stop (in order), follow (a copy on the next port, for which commits
# wait), lag (a copy that lets nobody in before it is promoted), promote (the copy takes over).
#
# The defaults of the cluster are hostile on purpose (Turkish collation, a far time zone, another form of dates): what Hearth
# answers must not hang on how somebody set up a database.
set -uo pipefail

if [ "$(id -u)" -eq 0 ]; then
  # PostgreSQL refuses to run as root. The text goes along, because the other user may not be able to read this file.
  id postgres >/dev/null 2>&1 || { echo "there is no user postgres to run the database as (Debian: apt-get install postgresql)" >&2; exit 3; }
  exec setpriv --reuid=postgres --regid=postgres --clear-groups bash -c "$(cat "${BASH_SOURCE[0]}")" postgres.sh "$@"
fi

# The newest one that is here; POSTGRES_BIN names another.
bin=${POSTGRES_BIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)}
[ -x "$bin/initdb" ] || { echo "PostgreSQL is not installed (Debian: apt-get install postgresql)" >&2; exit 3; }

exec 3<&0
cd /
umask 077
# In memory where there is room for it: hundreds of databases are made and thrown away.
place=${TMPDIR:-/tmp}
room=$(df --output=avail -BG /dev/shm 2>/dev/null | tail -1 | tr -dc 0-9)
[ "${room:-0}" -lt 12 ] || place=/dev/shm
folder=$(mktemp -d "$place/hearth-postgres-XXXXXX") || exit 3
data=$folder/data
clean_up() {
  "$bin/pg_ctl" -D "$data" -m immediate stop >/dev/null 2>&1
  [ -d "$folder/copy" ] && "$bin/pg_ctl" -D "$folder/copy" -m immediate stop >/dev/null 2>&1
  rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 1' TERM INT HUP

password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
printf '%s\n' "$password" >"$folder/password"
# Passwords as MD5: checking thousands of connections should not be what the tests spend their time on.
"$bin/initdb" -D "$data" -U hearth --pwfile="$folder/password" --auth=md5 --no-sync --encoding=UTF8 --locale=C.UTF-8 \
  --locale-provider=icu --icu-locale=tr-TR >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 3; }
# Durability against power loss is not what most tests ask for; their data goes with them. Nor does anybody tidy up hundreds of small databases that nobody will ask again.
cat >>"$data/postgresql.conf" <<END
listen_addresses = '127.0.0.1'
unix_socket_directories = '$folder'
max_connections = 400
shared_buffers = 64MB
jit = off
$([ "${1:-}" = --durable ] || printf '%s\n' 'fsync = off' 'full_page_writes = off' 'synchronous_commit = off' 'wal_level = minimal' 'max_wal_senders = 0' 'autovacuum = off' 'checkpoint_timeout = 1h' 'max_wal_size = 8GB')
timezone = 'Pacific/Chatham'
datestyle = 'SQL, DMY'
intervalstyle = 'iso_8601'
END

start() { "$bin/pg_ctl" -D "$1" -l "$1.log" -o "-p $2 ${3:-}" -w start >/dev/null 2>&1 </dev/null 3<&-; }

follow() {
  PGPASSWORD=$password "$bin/pg_basebackup" -h 127.0.0.1 -p "$port" -U hearth -D "$folder/copy" -R -c fast >/dev/null 2>&1 </dev/null 3<&- &&
    start "$folder/copy" $((port + 1)) "-c synchronous_standby_names= $*" &&
    PGPASSWORD=$password "$bin/psql" -h 127.0.0.1 -p "$port" -U hearth -d postgres -qAt >/dev/null 2>&1 3<&- <<<"ALTER SYSTEM SET synchronous_standby_names = '*'; SELECT pg_reload_conf()"
}

obey() {
  case $1 in
    crash) "$bin/pg_ctl" -D "$data" -m immediate -w stop >/dev/null 2>&1 ;;
    stop) "$bin/pg_ctl" -D "$data" -m fast -w stop >/dev/null 2>&1 ;;
    start) start "$data" "$port" ;;
    follow) follow ;;
    lag) follow -c hot_standby=off ;;
    promote) "$bin/pg_ctl" -D "$folder/copy" -w promote >/dev/null 2>&1 ;;
    *) false ;;
  esac
}

for _ in 1 2 3 4 5 6 7 8 9 10; do
  # Below the ports that systems give out by themselves, so that nobody is there by accident.
  port=$((12000 + RANDOM % 20000))
  if start "$data" "$port"; then
    echo "Host=127.0.0.1;Port=$port;Username=hearth;Password=$password;Database=postgres"
    # In the background, so that signals are heard meanwhile.
    while read -r order <&3; do
      if obey "$order"; then echo done; else echo failed; fi
    done &
    wait $!
    exit 0
  fi
done
cat "$data.log" >&2
exit 3
