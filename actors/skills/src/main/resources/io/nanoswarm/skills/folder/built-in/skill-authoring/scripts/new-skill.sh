#!/bin/sh
# Begins a skill: new-skill.sh NAME FOLDER makes FOLDER/NAME with a SKILL.md and a script. Writes over nothing.
set -eu

name=${1:?"usage: new-skill.sh NAME FOLDER"}
folder=${2:?"usage: new-skill.sh NAME FOLDER"}/$name

case $name in
  *[!a-zA-Z0-9_-]*) echo "new-skill.sh: '$name' (expected: letters, digits, - and _)" >&2; exit 2 ;;
esac
if [ -e "$folder" ]; then
  echo "new-skill.sh: $folder is there already" >&2
  exit 1
fi

mkdir -p "$folder/scripts"
cat >"$folder/SKILL.md" <<END
---
name: $name
description: Says what it does, and when to use it.
---

# $name

Run \`sh {baseDir}/scripts/run.sh\`.
END
cat >"$folder/scripts/run.sh" <<'END'
#!/bin/sh
set -eu
echo "nothing is done yet"
END
chmod +x "$folder/scripts/run.sh"
echo "$folder"
