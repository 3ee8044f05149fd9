#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Sweeps and batches that end against their will: killed, without room on the disk, where nothing
# may be written.  What is there stays and opens, what is wrong is said in words that name the
# file, and the same command given again ends with the same bytes as one that was never broken.
# Of the kills this makes a few; scripts/kill-sweeps makes as many as one likes.
# Usage: kills.sh PLENARY ROOT, with PLENARY_DATA and PLENARY_SCENARIOS set
set -u
plenary=$(realpath "$1")
root=$(realpath "$2")
. "$(dirname "$0")/judge.sh"
cd "$tmp" || exit 1

"$root/scripts/kill-sweeps" --kills "${PLENARY_KILLS:-15}" "$plenary" >out 2>&1
status=$?
cp out why
grep -q 'nothing lost, nothing double, the same bytes' out && [ $status -eq 0 ]
judge "killed and resumed" $?

cat >plan.csv <<'END'
key,value,range
scenario,protocol-offences,
study,project,
proposal,terrorism,
design,latin,
runs,3000,
draws,10,
vary,position terrorism:NARROW_LIST,10..50
vary,rule,ahc-two-thirds|simple-majority-present-voting
END
mkdir batch batch/broken
echo 'key,value' >batch/broken/scenario.csv
for name in classroom res-73-187 security-council; do cp -r "$root/scenarios/$name" batch/; done
run 0 "a sweep to compare with" sweep -o whole.db --csv whole.csv plan.csv
run 3 "a batch to compare with" batch --no-projection -o whole batch

opens() { # STORE: sound, and the first rows without a gap
  command -v sqlite3 >/dev/null || return 0
  rm -rf look && mkdir look && cp "$1" look/s.db
  for end in -wal -shm; do [ ! -f "$1$end" ] || cp "$1$end" "look/s.db$end"; done
  [ "$(sqlite3 look/s.db 'PRAGMA integrity_check' 2>&1)" = ok ] &&
    [ "$(sqlite3 look/s.db 'SELECT count(*) = ifnull(max(run) + 1, 0) FROM runs' 2>&1)" = 1 ]
}

# ---- Told to end ----

# By a scheduler, a person or a terminal that goes: all the same.
sed 's/^runs,3000/runs,4000000/' plan.csv >longer.csv
for signal in TERM HUP INT; do
  interrupt $signal 0.5 sweep -o $signal.db longer.csv
  [ $got -eq 130 ] && grep -q 'interrupted: .* runs are in .*; the same command goes on' why
  judge "$signal ends it in good order: exit $got" $?
  left=$(echo $signal.db*)
  opens $signal.db && [ "$left" = $signal.db ]
  judge "$signal leaves a store and nothing else: $left" $?
done
nohup "$plenary" sweep -o nohup.db plan.csv </dev/null >out 2>why &
job=$!
for _ in $(seq 600); do
  if catches $job HUP Ign || ! kill -0 $job 2>/dev/null; then break; fi
  sleep 0.05
done
sleep 0.1
kill -s HUP $job
wait $job
got=$?
[ $got -eq 0 ] && cmp -s nohup.db whole.db
judge "under nohup a terminal's end is none: exit $got" $?

# ---- A full disk ----

# What there is room for is all of one file and part of the next: a disk of its own where root may
# mount one, and the largest that a file may be, whose signal plenary ignores.
disk=''
trap 'umount "$tmp/disk" 2>/dev/null; rm -rf "$tmp"' EXIT
mkdir disk small
mount -t tmpfs -o size=256k tmpfs disk 2>/dev/null && disk=disk

full_disk() { # FOLDER LIMIT: the store outgrows it; LIMIT: blocks of 512 bytes, or unlimited
  (
    # shellcheck disable=SC3045 # dash and bash have it
    ulimit -f "$2" && timeout 60 "$plenary" sweep -o "$1/s.db" plan.csv >out 2>why
  )
  got=$?
  [ $got -eq 1 ] && grep -q "$1/s.db" why && grep -qi 'full\|disk' why
  judge "no room for a store: exit $got" $?
  [ ! -s "$1/s.db" ] || opens "$1/s.db"
  judge "a store without room opens" $?
}

full_disk small 200
(
  # shellcheck disable=SC3045
  ulimit -f 100 && timeout 60 "$plenary" batch --no-projection -o limited batch >out 2>why
)
got=$?
[ $got -eq 1 ] && grep -q 'limited' why
judge "no room for a batch's page: exit $got" $?
(
  # shellcheck disable=SC3045
  ulimit -f 20 && timeout 60 "$plenary" merge -o limited.db whole.db >out 2>why
)
got=$?
[ $got -eq 1 ] && grep -q 'limited.db' why && [ ! -e limited.db ]
judge "no room for a merge: exit $got" $?
run 0 "with room again" sweep -o small/s.db plan.csv
cmp -s small/s.db whole.db
judge "the same bytes once there is room" $?
if [ -n "$disk" ]; then
  full_disk disk unlimited
  mount -o remount,size=8m tmpfs disk
  run 0 "a larger disk" sweep -o disk/s.db plan.csv
  cmp -s disk/s.db whole.db
  judge "the same bytes on a larger disk" $?
  rm -f disk/*
  mount -o remount,size=640k tmpfs disk
  timeout 60 "$plenary" batch --no-projection -o disk/b batch >out 2>why
  got=$?
  [ $got -eq 1 ] && grep -q 'disk/b' why
  judge "no room for a batch: exit $got" $?
  half=''
  for page in disk/b/*.html; do
    [ ! -f "$page" ] || tail -c 20 "$page" | grep -q '</html>' || half="$half $page"
  done
  [ -z "$half" ]
  judge "no page is half written:$half" $?
  mount -o remount,size=32m tmpfs disk
  run 3 "room for the batch" batch --no-projection -o disk/b batch
  diff -r whole disk/b >why
  judge "the same folder on a larger disk" $?
else
  echo "a disk cannot be mounted here: a batch without room is not tried"
fi

# ---- Nothing may be written ----

# Root may write anything but a disk that is mounted so.
sealed=''
if [ -n "$disk" ]; then
  rm -rf disk/* && mount -o remount,size=32m tmpfs disk && sealed=disk
elif [ "$(id -u)" -ne 0 ]; then
  mkdir sealed && sealed=sealed
fi
seal() { if [ -n "$disk" ]; then mount -o remount,ro tmpfs disk; else chmod -R a-w sealed; fi; }
unseal() { if [ -n "$disk" ]; then mount -o remount,rw tmpfs disk; else chmod -R u+w sealed; fi; }

if [ -n "$sealed" ]; then
  interrupt INT 0.5 sweep -o "$sealed/part.db" longer.csv
  cp whole.db "$sealed/whole.db"
  seal
  run 0 "a complete store needs no writing" sweep -o "$sealed/whole.db" plan.csv
  run 1 "a store that cannot be written" sweep -o "$sealed/part.db" longer.csv
  grep -q "$sealed/part.db" why && grep -qi 'read-only\|cannot be written' why
  judge "says which and why" $?
  opens "$sealed/part.db"
  judge "a store that cannot be written opens" $?
  run 1 "a store in a folder that cannot be written" sweep -o "$sealed/new.db" longer.csv
  grep -q "$sealed/new.db" why && grep -qi 'read-only\|cannot be written' why
  judge "says which one and why" $?
  [ ! -e "$sealed/new.db" ]
  judge "and leaves nothing" $?
  run 1 "a batch in a folder that cannot be written" batch --no-projection -o "$sealed/b" batch
  grep -q "$sealed/b" why
  judge "a batch says which folder" $?
  unseal
else
  echo "root may write everywhere and mount nothing: a read-only store is not tried"
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
