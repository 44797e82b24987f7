#!/usr/bin/env bash
# A node that stays, asked all the time by two terminals, whose agents are killed with -9 meanwhile: does anything grow?
# Prints Markdown: what the node, its agents and the journal held, by fifths of the time. Ends with 0 only if every
# question was answered alike and no process was left.
#
#   docs/soak.sh [MINUTES]          default: 10
#   EVERY=20 docs/soak.sh 30        a kill every 20 seconds rather than 15
#
# Sessions that are over are deleted but for the last twenty, as they would be after weeks. Needs what ./swarm needs, and
# Linux: what processes hold is read from /proc.
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
export LC_ALL=C
swarm=${SWARM:-./swarm} # the program
minutes=${1:-10}
every=${EVERY:-15}
[[ $minutes =~ ^[1-9][0-9]*$ ]] || { echo "soak.sh: $minutes (expected: whole minutes)" >&2; exit 2; }
[[ $every =~ ^[1-9][0-9]*$ ]] || { echo "soak.sh: EVERY=$every (expected: whole seconds)" >&2; exit 2; }
[ -r /proc/self/smaps_rollup ] || { echo "soak.sh: what processes hold is read from /proc, which only Linux has" >&2; exit 6; }

"$swarm" --version >/dev/null # builds it
scratch=$(mktemp -d)
data=$scratch/data
node=
terminals=()
finish() {
  trap '' INT TERM
  touch "$scratch/over"
  # Terminals first: one whose node is gone would start another.
  pkill -TERM -f -- "--data $data" 2>/dev/null || true
  [ -z "$node" ] || kill -TERM "$node" 2>/dev/null || true
  wait || true
  rm -rf -- "$scratch"
}
trap finish EXIT

mkdir "$scratch/folder"
cp -R README.md docs persistence/src "$scratch/folder"
echo 'swarm.retention { max-ended = 20, every = 20 s }' >"$scratch/soak.conf"
"$swarm" up --data "$data" --config "$scratch/soak.conf" >"$scratch/node.log" 2>&1 &
node=$!
until "$swarm" nodes --data "$data" >/dev/null 2>&1; do
  kill -0 "$node" 2>/dev/null || { cat "$scratch/node.log" >&2; exit 1; }
  sleep 0.5
done

agents() { { ps -o pid= --ppid "$node" || true; } | tr -d ' '; }

# Asks the same questions again and again; a line for each: the question's number, the exit code, a sum of the answer.
questions=('What happens when a worker dies?' 'How is an event stored?' 'What is a lease?' 'Where are sessions deleted?')
terminal() {
  local i=$1 code
  while [ ! -e "$scratch/over" ]; do
    code=0
    "$swarm" run --quiet --data "$data" --workspace "$scratch/folder" --timeout 5m "${questions[i]}" \
      >"$scratch/answer$1" 2>"$scratch/error$1" || code=$?
    echo "$i $code $(cksum <"$scratch/answer$1" | cut -d' ' -f1)" >>"$scratch/asked"
    [ "$code" = 0 ] || cat "$scratch/error$1" >>"$scratch/errors"
    i=$(((i + 1) % ${#questions[@]}))
  done
}

status() { awk -v key="$2:" '$1 == key { print $2 }' "/proc/$1/status" 2>/dev/null || true; }

# What is held now: of the node resident MB, threads, open files; of its agents number, MB each, threads each; the
# journal's MB, and those of the whole data folder.
sample() {
  local pid sum=0 threads=0 number=0 rss own
  for pid in $(agents); do
    rss=$(status "$pid" VmRSS) own=$(status "$pid" Threads)
    [ -n "$rss" ] && [ -n "$own" ] || continue # it has just ended
    number=$((number + 1)) sum=$((sum + rss)) threads=$((threads + own))
  done
  rss=$(status "$node" VmRSS)
  [ "$number" -gt 0 ] && [ -n "$rss" ] || return 0
  echo "$((rss / 1024)) $(status "$node" Threads) $({ find "/proc/$node/fd" -mindepth 1 2>/dev/null || true; } | wc -l)" \
    "$number $((sum / number / 1024)) $((threads / number))" \
    "$(du -k "$data/journal.mv.db" | awk '{ printf "%.1f", $1 / 1024 }') $(du -sk "$data" 2>/dev/null | awk '{ printf "%.1f", $1 / 1024 }')"
}

: >"$scratch/asked"
for i in 0 2; do
  terminal $i &
  terminals+=($!)
done
kills=0
start=$SECONDS
next=$((start + every))
while [ $((SECONDS - start)) -lt $((minutes * 60)) ]; do
  sleep 5
  kill -0 "$node" 2>/dev/null || { echo "soak.sh: the node ended" >&2; cat "$scratch/node.log" >&2; exit 1; }
  sample | sed "s/^/$(((SECONDS - start) * 5 / (minutes * 60))) /" >>"$scratch/samples"
  if [ "$SECONDS" -ge "$next" ]; then
    victim=$(agents | shuf -n 1)
    if [ -n "$victim" ] && kill -KILL "$victim" 2>/dev/null; then kills=$((kills + 1)); fi
    next=$((next + every))
  fi
done
touch "$scratch/over"
wait "${terminals[@]}"

"$swarm" down --data "$data" >/dev/null
code=0
wait "$node" || code=$?
node=
case $code in 0 | 143) ;; *) echo "soak.sh: the node ended with $code" >&2; exit 1 ;; esac # it was told to by SIGTERM
left=$(pgrep -f -- "$data" || true) # all of them name the folder
[ -z "$left" ] || { echo "soak.sh: outlived the node: $left" >&2; exit 1; }

printf '%s minutes, %s cores: %s questions by two terminals, %s agents killed with -9.\n\n' "$minutes" \
  "$(getconf _NPROCESSORS_ONLN)" "$(wc -l <"$scratch/asked")" "$kills"
echo '| fifth of the time | node: MB | threads | open files | agents | MB each | threads each | journal, MB | data folder, MB |'
echo '|---|---|---|---|---|---|---|---|---|'
sort -n "$scratch/samples" | awk '
  function row(  i, j, k, t, line) {
    line = sprintf("| %d |", at + 1)
    for (i = 2; i <= fields; i++) {
      for (j = 1; j <= n; j++) v[j] = value[j, i]
      for (j = 2; j <= n; j++) for (k = j; k > 1 && v[k - 1] > v[k]; k--) { t = v[k]; v[k] = v[k - 1]; v[k - 1] = t }
      line = line sprintf(" %s (%s–%s) |", v[int((n + 1) / 2)], v[1], v[n])
    }
    print line
  }
  NR == 1 { at = $1; fields = NF }
  $1 != at { row(); n = 0; at = $1 }
  $1 < 5 { n++; for (i = 2; i <= NF; i++) value[n, i] = $i + 0 }
  END { if (n) row() }'

failed=$(awk '$2 != 0' "$scratch/asked" | wc -l)
if [ "$failed" != 0 ]; then
  printf '\n%s questions failed:\n' "$failed" >&2
  tail -n 20 "$scratch/errors" >&2
  exit 1
fi
answers=$(awk '{ print $1, $3 }' "$scratch/asked" | sort -u | wc -l)
asked=$(awk '{ print $1 }' "$scratch/asked" | sort -u | wc -l)
[ "$answers" = "$asked" ] || { echo "soak.sh: $answers different answers to $asked questions" >&2; exit 1; }
printf '\nEvery question was answered, each time alike; no process was left.\n'
