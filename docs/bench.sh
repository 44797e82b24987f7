#!/usr/bin/env bash
# Measures Nanoswarm on this machine and prints Markdown: all of docs/benchmarks.md, and with size
# the last table of docs/answers.md, which is not part of "all".
#
#   docs/bench.sh [speed|overhead|start|run|skills|recovery|size]...     all if none is named
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

# Kilobytes that a process and all below it hold now.
resident() {
  ps -A -o pid= -o ppid= -o rss= | awk -v root="$1" '{ parent[$1] = $2; rss[$1] = $3 }
    END { for (p in rss) { q = p; while (q != root && (q in parent)) q = parent[q]; if (q == root) sum += rss[p] }
      print sum + 0 }'
}

# Prints: milliseconds to the answer, and the most megabytes held meanwhile.
asked() { # folder, data folder, researchers, question
  local from=$EPOCHREALTIME pid most=0 now
  ./swarm run --json --workspace "$1" --data "$2" -a "researcher=$3" "$4" >/dev/null 2>>"$scratch/err.log" &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    now=$(resident "$pid")
    [ "$now" -le "$most" ] || most=$now
    sleep 0.2
  done
  wait "$pid" || { echo "no answer: see below" >&2; tail -n 5 "$scratch/err.log" >&2; return 1; }
  echo "$(millis "$from" "$EPOCHREALTIME") $((most / 1024))"
}

size() {
  heading 'Time and memory against size'
  local sources files folder researchers first second third from listed words='resize|resizing|threshold|HashMap'
  sources=$(cat "$build/jdk")/lib/src.zip
  [ -f "$sources" ] || { echo "bench.sh: $sources is missing; name a JDK that has its sources with NANOSWARM_JDK" >&2; return 1; }
  mkdir "$scratch/jdk"
  (cd "$scratch/jdk" && "${java%java}jar" xf "$sources" && find . -name '*.java' | sort >"$scratch/java")
  echo '| files | researchers | first question, s | second, s | the same, a file changed, s | memory, MB | listing files by words, s | files listed |'
  echo '|---|---|---|---|---|---|---|---|'
  for files in ${SIZES:-100 1000 15000}; do
    folder=$scratch/files$files
    mkdir "$folder"
    awk -v n="$files" '{ line[NR] = $0 } END { if (n > NR) n = NR
      for (i = 0; i < n; i++) print line[int(i * NR / n) + 1] }' "$scratch/java" >"$folder.list"
    tar -C "$scratch/jdk" -cf - -T "$folder.list" | tar -C "$folder" -xf -
    from=$EPOCHREALTIME
    if command -v rg >/dev/null; then
      listed=$({ rg -il "$words" "$folder" || true; } | wc -l)
    else
      listed=$({ grep -rilE "$words" "$folder" || true; } | wc -l)
    fi
    from=$(millis "$from" "$EPOCHREALTIME")
    for researchers in ${RESEARCHERS:-1 2 4}; do
      first=$(asked "$folder" "$scratch/data-$files-$researchers" "$researchers" 'When is a HashMap resized?')
      second=$(asked "$folder" "$scratch/data-$files-$researchers" "$researchers" 'How is the threshold of a HashMap computed?')
      echo '// changed' >>"$folder/$(sed -n "$(((files + 1) / 2))p" "$folder.list")"
      third=$(asked "$folder" "$scratch/data-$files-$researchers" "$researchers" 'How is the threshold of a HashMap computed?')
      awk -v files="$(wc -l <"$folder.list")" -v r="$researchers" -v a="$first" -v b="$second" -v c="$third" -v g="$from" -v l="$listed" \
        'BEGIN { split(a, x, " "); split(b, y, " "); split(c, z, " "); m = x[2]; if (y[2] > m) m = y[2]; if (z[2] > m) m = z[2]
          printf "| %d | %d | %.1f | %.1f | %.1f | %d | %.2f | %d |\n", files, r, x[1] / 1000, y[1] / 1000, z[1] / 1000, m, g / 1000, l }'
    done
  done
}

printf '%s cores, %s, %s; %s repeats, medians (smallest–largest).\n' "$(getconf _NPROCESSORS_ONLN)" \
  "$(awk '/MemTotal/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo 2>/dev/null || echo 'memory unknown')" \
  "$("$java" -version 2>&1 | sed -n 's/.*(build \(.*\)).*/JDK \1/p' | head -n 1)" "$repeats"
[ $# -gt 0 ] || set -- start run overhead skills recovery speed
for part in "$@"; do
  case $part in
    speed | overhead | start | run | skills | recovery | size) "$part" ;;
    *) echo "bench.sh: $part (expected: speed, overhead, start, run, skills, recovery or size)" >&2; exit 2 ;;
  esac
done
