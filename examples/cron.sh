#!/bin/sh
# The night of a returns desk: one run, then a backup. Put it in a crontab, for example:
#
#     30 2 * * *  /home/shop/cron.sh /home/shop/shop >>/home/shop/cron.log 2>&1
#
# Usage: cron.sh SHOP_DIR
# It may run twice, or be killed and run again: every step can be repeated. It never asks.
# Both print JSON lines; the last one has the head of the journal, which
# `returns journal verify --anchor` takes: keep the log on another disk.
#
# Exit: that of the run (`returns help run`), or of the backup where the run went well.
set -u

shop=${1:?usage: cron.sh SHOP_DIR}
program=${RETURNS:-returns}            # RETURNS=/home/shop/venv/bin/returns for a venv
umask 077                              # files hold names and addresses
cd "$shop" || exit 8
mkdir -p backups || exit 8

"$program" --shop . --actor cron --no-input --quiet run --json
code=$?
[ "$code" -eq 8 ] && exit 8            # no backup of a store that cannot be trusted

backup="backups/returns-$(date -u +%Y%m%dT%H%M%SZ).db"
"$program" --shop . --actor cron --no-input --quiet backup "$backup" --json || {
    failed=$?
    [ "$code" -eq 0 ] || [ "$code" -eq 3 ] && code=$failed
}
exit "$code"
