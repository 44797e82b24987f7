#!/usr/bin/env bash
# Has an agent execute the skills that ship with nanobot, unmodified, and prints the table of docs/nanobot.md.
#
#   docs/nanobot.sh CHECKOUT     a copy of https://github.com/HKUDS/nanobot
#
# Needs what ./swarm needs. What a skill needs besides has to be on PATH; what its commands need of the environment has
# to be named: NANOSWARM_SKILL_VARIABLES=GH_TOKEN.
set -euo pipefail

here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
checkout=$(cd -- "${1:?"usage: docs/nanobot.sh CHECKOUT"}" && pwd)
if [ ! -d "$checkout/nanobot/skills" ]; then
  echo "nanobot.sh: $checkout has no folder nanobot/skills" >&2
  exit 2
fi

NANOSWARM_SKILLS=$checkout/nanobot/skills SAMPLE_MAIN=io.nanoswarm.samples.nanobot.NanobotMain exec "$here/samples/run"
