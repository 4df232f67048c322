#!/bin/sh
# A throw-away PostgreSQL for the test suite, on 127.0.0.1 only, without fsync and without passwords.
#
#   .ci/postgres.sh start   starts it and prints the TEST_DATABASE_URL (nothing else on stdout)
#   .ci/postgres.sh stop    stops it and deletes its data
#   .ci/postgres.sh crash   ends it at once, as a crash would; its data stays
#   .ci/postgres.sh up      starts it again after that
#   .ci/postgres.sh run -- command…   start, run the command with TEST_DATABASE_URL set, stop whatever happens
#
# Installs nothing: the caller has the `postgresql` package. As root the server runs as the user `postgres`
# (it refuses to run as root). PGTEST_PORT (54329) and PGTEST_DIR (/tmp/dialdeck-postgres-<port>) may be set.
set -eu

port="${PGTEST_PORT:-54329}"
dir="${PGTEST_DIR:-/tmp/dialdeck-postgres-$port}"
url="postgres://postgres@127.0.0.1:$port/postgres"

# The newest installed version, by number.
bin=""
for candidate in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -n); do bin="$candidate"; done
if [ -z "$bin" ] && command -v pg_ctl >/dev/null 2>&1; then bin="$(dirname "$(command -v pg_ctl)")"; fi
if [ -z "$bin" ]; then
  echo "postgres.sh: no PostgreSQL under /usr/lib/postgresql/*/bin; install the package 'postgresql'" >&2
  exit 1
fi

as_owner() {
  if [ "$(id -u)" = 0 ]; then
    # From /: the caller's directory may be closed to the user postgres.
    (cd / && su postgres -s /bin/sh -c "$1")
  else
    sh -c "$1"
  fi
}

stop() {
  [ -d "$dir/data" ] || return 0
  as_owner "'$bin/pg_ctl' -D '$dir/data' -m immediate -w -t 20 stop" >/dev/null 2>&1 || true
  rm -rf "$dir"
}

start() {
  stop
  mkdir -p "$dir"
  chmod 700 "$dir"
  if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; fi
  if ! as_owner "'$bin/initdb' -D '$dir/data' -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync" >"$dir/initdb.log" 2>&1; then
    cat "$dir/initdb.log" >&2
    rm -rf "$dir"
    exit 1
  fi
  up
}

up() {
  options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$dir -c fsync=off -c max_connections=200"
  if ! as_owner "'$bin/pg_ctl' -D '$dir/data' -l '$dir/server.log' -o '$options' -w -t 30 start" >/dev/null 2>&1; then
    cat "$dir/server.log" >&2 || true
    stop
    exit 1
  fi
}

case "${1:-}" in
  start)
    start
    echo "$url"
    ;;
  stop) stop ;;
  crash) as_owner "'$bin/pg_ctl' -D '$dir/data' -m immediate -w -t 20 stop" >/dev/null ;;
  up) up ;;
  run)
    shift
    if [ "${1:-}" = -- ]; then shift; fi
    trap stop EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    start
    status=0
    TEST_DATABASE_URL="$url" "$@" || status=$?
    exit "$status"
    ;;
  *)
    echo "usage: $0 start | stop | crash | up | run -- command…" >&2
    exit 2
    ;;
esac
