#!/bin/sh
set -eu
printf 'Dear customer,\n\n%s: %d.%02d EUR, tax included.\n\nYours, the shop\n' "$1" $(($2 / 100)) $(($2 % 100))
