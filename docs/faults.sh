#!/usr/bin/env bash
# Starts a cluster of three control nodes and four machines on a PostgreSQL of its own, and injects faults: nodes are
# killed, paused, drained and restarted, and, as root on Linux, cut off from each other by network namespaces. Judges the
# journal afterwards; ends with 0 only if nothing was lost. See docs/reliability.md.
#
#   docs/faults.sh [--minutes N] [--seed S] [--only WORDS] [other options of ./swarm chaos]
#   MACHINES=2 docs/faults.sh --minutes 5        # and CONTROL for another number of control nodes
#
# Needs what ./swarm needs, and the programs of a PostgreSQL server: on PATH, or in the folder that PGBIN names. All
# namespaces, links and processes are the script's own and end with it; the machine's own network is not touched.
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
export LC_ALL=C
swarm=${SWARM:-./swarm} # the program

# On PATH, where Debian has it, or where PGBIN says.
find_postgresql() {
  local bin
  for bin in "${PGBIN:-}" "$(dirname -- "$(command -v initdb || echo /nowhere/initdb)")" /usr/lib/postgresql/*/bin; do
    if [ -n "$bin" ] && [ -x "$bin/initdb" ] && [ -x "$bin/postgres" ]; then
      echo "$bin"
      return
    fi
  done
  echo "faults.sh: no PostgreSQL here: install the server's package, or name the folder of initdb with PGBIN" >&2
  exit 6
}

# All that is needed inside, tried.
can_part() {
  [ "$(id -u)" = 0 ] && unshare --net --mount --pid --fork --kill-child --mount-proc sh -c 'set -e
    mount -t tmpfs none /run; mkdir /run/netns; ip netns add probe; echo 1 >/proc/sys/net/ipv4/ip_forward
    ip rule add pref 200 lookup local; ip link add probe0 type veth peer name eth0 netns probe; unshare --user true' \
    >/dev/null 2>&1
}
if [ "${1:-}" = --can-part ]; then
  can_part
  exit
fi

if [ "${1:-}" != --inside ]; then
  "$swarm" --version >/dev/null # builds it, which needs the network
  PGBIN=$(find_postgresql)
  export PGBIN
  scratch=$(mktemp -d)
  trap 'rm -rf -- "$scratch"' EXIT
  if can_part; then
    unshare --net --mount --pid --fork --kill-child --mount-proc "$PWD/docs/faults.sh" --inside namespaces "$scratch" "$@"
  else
    echo "faults.sh: without root on Linux nodes have loopback addresses, and are not cut off from each other" >&2
    "$PWD/docs/faults.sh" --inside loopback "$scratch" "$@"
  fi
  exit
fi

network=$2
scratch=$3
shift 3
case " $* " in *" --minutes "*) ;; *) set -- --minutes 20 "$@" ;; esac

# The server refuses to run as root; in a user namespace without a map nobody is.
as_server=()
[ "$(id -u)" != 0 ] || as_server=(unshare --user)

host=127.0.0.1
port=$((20000 + $$ % 10000))
if [ "$network" = namespaces ]; then
  mount -t tmpfs none /run # where namespaces have their names
  mkdir /run/netns
  ip link set lo up
  host=10.77.0.1
  ip address add $host/32 dev lo
  port=5432
fi

mkdir "$scratch/server"
"${as_server[@]}" "$PGBIN/initdb" -D "$scratch/server/data" -U swarm -E UTF8 --auth=trust >"$scratch/initdb.log" 2>&1 || {
  cat "$scratch/initdb.log" >&2
  exit 1
}
echo 'host all all 10.77.0.0/16 trust' >>"$scratch/server/data/pg_hba.conf"
"${as_server[@]}" "$PGBIN/postgres" -D "$scratch/server/data" -h "$host" -p $port -k "$scratch/server" \
  >"$scratch/server.log" 2>&1 &
server=$!
trap 'kill -INT $server 2>/dev/null; wait $server || true' EXIT
for _ in $(seq 100); do
  [ ! -S "$scratch/server/.s.PGSQL.$port" ] || break
  sleep 0.2
done

export NANOSWARM_JOURNAL=postgresql NANOSWARM_POSTGRESQL_USER=swarm NANOSWARM_POSTGRESQL_CONNECTIONS=4
export NANOSWARM_POSTGRESQL_URL=jdbc:postgresql://$host:$port/postgres
"$swarm" chaos --control "${CONTROL:-3}" --machines "${MACHINES:-4}" --network "$network" "$@"
