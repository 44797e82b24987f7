#!/usr/bin/env bash
# Has an agent execute the skills that ship with nanobot, unmodified, and prints the table of docs/nanobot.md.
#
#   docs/nanobot.sh CHECKOUT     a copy of https://github.com/HKUDS/nanobot
#
# Needs what ./swarm needs. What a skill needs besides has to be on PATH; what its commands need of the environment has
# to be named: NANOSWARM_SKILL_VARIABLES=GH_TOKEN.
set -euo pipefail

here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
if [ $# -ne 1 ]; then
  echo "usage: docs/nanobot.sh CHECKOUT" >&2
  exit 2
fi
if [ ! -d "$1/nanobot/skills" ]; then
  echo "nanobot.sh: $1 has no folder nanobot/skills; name a copy of https://github.com/HKUDS/nanobot" >&2
  exit 2
fi
checkout=$(cd -P -- "$1" && pwd)

NANOSWARM_SKILLS=$checkout/nanobot/skills SAMPLE_MAIN=io.nanoswarm.samples.nanobot.NanobotMain exec "$here/samples/run"
