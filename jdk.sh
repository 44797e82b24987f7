# shellcheck shell=bash
# Sourced by scripts that start Java: which JDK, and with which flags. Bash 3.2 or newer, options -euo pipefail.

readonly NEEDED=25
# shellcheck disable=SC2034 # read by those that source this file
readonly jvm_flags="-XX:+UseSerialGC -XX:-UsePerfData --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"

# The major version that a JDK's "release" file tells, without starting it.
major() {
  local version
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null) || true
  if [ -x "$1/bin/javac" ]; then printf '%s' "${version:-0}"; else printf 0; fi
}

# Prints the folder of the first JDK that is new enough; fails if there is none.
find_jdk() {
  local path candidate system=${NANOSWARM_SYSTEM_ROOT:-} # of tests, which have a system of their own
  path=$(command -v java || true)
  [ -z "$path" ] || path=$(readlink -f "$path" 2>/dev/null || printf '%s' "$path")
  for candidate in "${NANOSWARM_JDK:-}" "${JAVA_HOME:-}" "${path%/bin/java}" "$system"/usr/lib/jvm/* \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* "$system"/opt/java/* "$system"/opt/jdk* \
    "$system"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$candidate" ] && [ "$(major "$candidate")" -ge $NEEDED ]; then
      printf '%s' "$candidate"
      return
    fi
  done
  return 1
}
