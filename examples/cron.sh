#!/bin/sh
# The nightly round of a returns desk: orders, deliveries and requests in, judged, labels out,
# refunds recorded, the books checked, a backup made. Put it in a crontab, for example:
#
#     30 2 * * *  /home/shop/cron.sh /home/shop/shop >>/home/shop/cron.log 2>&1
#
# Usage: cron.sh SHOP_DIR
# It may run twice, or be killed and run again: every step can be repeated. It never asks.
#
# Files are told apart by their name: inbox/orders*, shipments* and requests*, each .csv or .txt,
# and read by name: orders-1.csv before what adds to it, such as orders-2-transactions.csv. A file
# whose good rows are in goes to inbox/done/; a refused file stays: mend it or move it away.
#
# Exit: 8 the store cannot be used, 7 a file or policy was refused, 9 an output failed,
# 10 a check did not hold, 3 some rows were rejected (see outbox/rejects/), 0 all done;
# any other status of a step is passed on.
set -u

shop=${1:?usage: cron.sh SHOP_DIR}
program=${RETURNS:-returns}            # RETURNS=/home/shop/venv/bin/returns for a venv
umask 077                              # files hold names and addresses
cd "$shop" || exit 8
mkdir -p inbox/done backups || exit 8

worst=0
# Of two exit statuses, the graver: 8, 7, 9, 10, then anything unexpected, then 3.
note() {
    for status in 8 7 9 10; do
        [ "$worst" -eq "$status" ] && return
        if [ "$1" -eq "$status" ]; then worst=$1; return; fi
    done
    if [ "$worst" -eq 0 ] || [ "$worst" -eq 3 ]; then
        [ "$1" -ne 0 ] && worst=$1
    fi
}

# One step. 8 means that nothing else can work either.
step() {
    "$program" --shop . --actor cron --no-input --quiet "$@"
    code=$?
    [ "$code" -ne 0 ] && echo "cron.sh: returns $* ended with $code" >&2
    note "$code"
    [ "$code" -eq 8 ] && exit 8
    return "$code"
}

# Import what lies in inbox/ under a name; a file that was read (0, or 3 with rejects) is done.
take_in() {
    for file in inbox/"$1"*.csv inbox/"$1"*.txt; do
        [ -f "$file" ] || continue
        step "$1" import "$file"
        code=$?
        if [ "$code" -eq 0 ] || [ "$code" -eq 3 ]; then
            mv "$file" "inbox/done/$(date -u +%Y%m%dT%H%M%SZ)-$$-$(basename "$file")" || note 9
        fi
    done
}

take_in orders
take_in shipments
take_in requests
step evaluate --all
step label --ready
step refund --due
step journal verify && step backup "backups/returns-$(date -u +%Y%m%dT%H%M%SZ).db"

exit "$worst"
