#!/usr/bin/env bash
# Measures Nanoswarm on this machine and prints Markdown: all of docs/benchmarks.md.
#
#   docs/bench.sh [speed|overhead|start|run|skills|recovery]...     all if none is named
#
# Needs what ./swarm needs, and bash 5. Keep the machine idle meanwhile: other work shows as a wide spread.
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
repeats=${REPEATS:-3}
export LC_ALL=C
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT

. ./jdk.sh # for the flags
samples=$(samples/build)
samples=${samples%%:*} # the rest of the class path is that of ./swarm
./swarm --version >/dev/null 2>"$scratch/build.log" || { cat "$scratch/build.log" >&2; exit 1; }

build=$(cat runtime/target/run/current)
java=$(cat "$build/jdk")/bin/java # the one that ./swarm found
aot=$build/nanoswarm.aot
classpath=$(printf '%s:' "$build"/lib/*.jar)
# shellcheck disable=SC2206 # several words
flags=($jvm_flags -XX:TieredStopAtLevel=1 -Xmx512m -Dstdout.encoding=UTF-8)
cached=(-XX:AOTCache="$aot" '-Xlog:aot*=off' '-Xlog:cds*=off')

bench() { # JVM options --, main class, its options
  local options=()
  while [ "$1" != -- ]; do options+=("$1"); shift; done
  shift
  local main=$1
  shift
  "$java" "${flags[@]}" "${options[@]}" -cp "$classpath$samples" "io.nanoswarm.samples.bench.$main" "$@" 2>>"$scratch/err.log"
}

load() { awk '{ print $1 }' /proc/loadavg 2>/dev/null || echo unknown; }

heading() { printf '\n## %s\n\nLoad average at the start: %s.\n\n' "$1" "$(load)"; }

# Milliseconds between two values of EPOCHREALTIME.
millis() { echo $(((${2/./} - ${1/./}) / 1000)); }

# Median, smallest and largest of the numbers on standard input, one a line.
spread() {
  sort -n | awk '{ v[NR] = $1 } END { m = NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2
    printf "%.2f (%.2f–%.2f)", m, v[1], v[NR] }'
}

# How long a bare JVM takes, in milliseconds; the unit of the table below.
bare() {
  local from=$EPOCHREALTIME
  "$java" -version >/dev/null 2>&1
  millis "$from" "$EPOCHREALTIME"
}

# Prints: milliseconds to the first finding, to the answer, and of a bare JVM just before.
question() { # data folder
  local unit from finding= answer= line
  unit=$(bare)
  from=$EPOCHREALTIME
  while IFS= read -r line; do
    case $line in
      *'"event":"posted"'*'"findings/'*) finding=${finding:-$(millis "$from" "$EPOCHREALTIME")} ;;
      *'"event":"concluded"'*) answer=$(millis "$from" "$EPOCHREALTIME") ;;
    esac
  done < <(./swarm run --json --workspace "$scratch/workspace" --data "$1" \
    'What happens when a worker dies?' 2>>"$scratch/err.log")
  [ -n "$finding" ] && [ -n "$answer" ] || { echo "no answer: see below" >&2; tail -n 5 "$scratch/err.log" >&2; return 1; }
  echo "$finding $answer $unit"
}

row() { # name, file of lines as question prints them
  printf '| %s | %s | %s | %s | %s |\n' "$1" \
    "$(awk '{ print $1 / 1000 }' "$2" | spread)" "$(awk '{ print $1 / $3 }' "$2" | spread)" \
    "$(awk '{ print $2 / 1000 }' "$2" | spread)" "$(awk '{ print $2 / $3 }' "$2" | spread)"
}

speed() {
  heading 'Speed-up'
  local work isolation
  for work in ${WORKS:-wait:200ms cpu:100}; do
    for isolation in process shared; do
      bench "${cached[@]}" -- SpeedUpMain --work "$work" --isolation "$isolation" --tasks "${TASKS:-32}" --repeats "$repeats"
      echo
    done
  done
}

overhead() {
  heading 'Cost of a task'
  bench "${cached[@]}" -- OverheadMain --tasks "${TASKS:-100,1000,5000}" --repeats "$repeats"
}

skills() {
  heading 'Cost of a skill call'
  bench "${cached[@]}" -- SkillCallMain --repeats "$repeats"
}

recovery() {
  heading 'Coming back, by age'
  bench "${cached[@]}" -- RecoveryMain
}

start() {
  heading 'Coming up, and memory'
  printf 'Without the cache:\n\n'
  bench -- StartMain --repeats "$repeats"
  printf '\nWith it:\n\n'
  bench "${cached[@]}" -- StartMain --repeats "$repeats"
}

run() {
  heading 'From command to answer'
  mkdir -p "$scratch/workspace"
  cp -R README.md docs/architecture.md docs/cli.md persistence/src "$scratch/workspace"
  local repeat
  for ((repeat = 1; repeat <= repeats; repeat++)); do
    question "$scratch/data$repeat" >>"$scratch/cold"
    question "$scratch/data$repeat" >>"$scratch/warm"
  done
  printf '%s files in the folder; a bare JVM takes %s ms.\n\n' \
    "$(find "$scratch/workspace" -type f | wc -l)" "$(awk '{ print $3 }' "$scratch/cold" "$scratch/warm" | spread)"
  echo '| index | first finding, s | in bare JVMs | answer, s | in bare JVMs |'
  echo '|---|---|---|---|---|'
  row cold "$scratch/cold"
  row warm "$scratch/warm"
}

printf '%s cores, %s, %s; %s repeats, medians (smallest–largest).\n' "$(getconf _NPROCESSORS_ONLN)" \
  "$(awk '/MemTotal/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo 2>/dev/null || echo 'memory unknown')" \
  "$("$java" -version 2>&1 | sed -n 's/.*(build \(.*\)).*/JDK \1/p' | head -n 1)" "$repeats"
[ $# -gt 0 ] || set -- start run overhead skills recovery speed
for part in "$@"; do
  case $part in
    speed | overhead | start | run | skills | recovery) "$part" ;;
    *) echo "bench.sh: $part (expected: speed, overhead, start, run, skills or recovery)" >&2; exit 2 ;;
  esac
done
