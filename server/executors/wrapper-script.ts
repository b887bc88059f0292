/**
 * What runs an attempt: `bash wrapper.sh <token> <timeout seconds> <grace seconds>` in the scratch folder, or the end of
 * a batch script that has set these three.
 *
 * Plain bash because it starts in 3 ms where node takes 40, and it must outlive the worker that started it.
 * - claims the scratch folder with one `mkdir`; a second copy leaves at once without a trace (C1, C4);
 * - runs `cmd.sh` under `bash -euo pipefail` in `out/`, in a process group of its own below the wrapper's session;
 * - keeps `.beat` fresh every 30 s; its content is the greatest resident size seen so far, KiB, of any one process;
 * - passes TERM on to the group, and answers USR1 by killing the group;
 * - at the time limit sends TERM to the group, KILL after the grace; nothing of the group survives the command;
 * - runs `release.sh`, where there is one, after an end by force, also when the wrapper itself was killed;
 * - writes `status.json` under a temporary name, syncs it and renames it (C3).
 * The watcher is a forked copy without any program of its own: it sleeps by `read -t` on a pipe that never speaks.
 */
export const wrapperScript = `#!/bin/bash
token=$1 limit=$2 grace=$3
# Before the claim: who sees the claim may send a signal at once.
child= stopping=0 interrupted=0
stop() {
  trap '' TERM INT HUP
  stopping=1 interrupted=1
  [[ -n $child ]] && kill -TERM -- "-$child"
}
crush() {
  interrupted=1
  [[ -n $child ]] && kill -KILL -- "-$child"
}
trap stop TERM INT HUP
trap crush USR1
mkdir ".claim-$token" 2>/dev/null || exit 0
exec 2>>wrapper.log

read -r line </proc/$$/stat
fields=(\${line##*) })
read -r boot </proc/sys/kernel/random/boot_id
echo "$$ \${fields[19]} $boot \${SLURM_JOB_ID-}" >".claim-$token/pid"

milliseconds() { now=\${EPOCHREALTIME/[.,]/}; now=\${now%???}; }
echo 0 >.beat
milliseconds; started=$now

set -m
( cd out && exec bash -euo pipefail ../cmd.sh ) </dev/null >>stdout 2>>stderr &
child=$!
set +m
(( stopping )) && kill -TERM -- "-$child"

peak=0
sample() {
  local queue=("$child") pid lines list children
  while (( \${#queue[@]} )); do
    pid=\${queue[0]}; queue=("\${queue[@]:1}")
    mapfile -t lines <"/proc/$pid/status" || continue
    if [[ "\${lines[*]}" =~ VmHWM:[[:space:]]+([0-9]+) ]] && (( BASH_REMATCH[1] > peak )); then
      peak=\${BASH_REMATCH[1]}; grew=1
    fi
    for list in /proc/"$pid"/task/*/children; do
      read -r -a children <"$list" || true
      queue+=("\${children[@]}")
    done
  done
} 2>/dev/null

# An engine of containers that was ended by force, or that did not do its part, may have left one running.
release() { [[ ! -s release.sh ]] || bash release.sh </dev/null >&2; }

watch() {
  trap - TERM INT HUP USR1
  local wait_ms=50 deadline=$(( started + limit * 1000 )) next_beat=0 grew killed=0 pause
  exec 8<> <(:)
  while :; do
    printf -v pause %d.%03d $(( wait_ms / 1000 )) $(( wait_ms % 1000 ))
    read -r -t "$pause" -u 8
    kill -0 $$ 2>/dev/null || { kill -KILL -- "-$child"; release; exit; }
    grew=0; sample; milliseconds
    if (( grew || now >= next_beat )); then echo "$peak" >.beat; next_beat=$(( now + 30000 )); fi
    if (( killed == 0 && now >= deadline )); then
      : >.timed-out; kill -TERM -- "-$child"; killed=1; deadline=$(( now + grace * 1000 ))
    elif (( killed == 1 && now >= deadline )); then
      kill -KILL -- "-$child"; killed=2
    fi
    wait_ms=$(( wait_ms * 2 > 2000 ? 2000 : wait_ms * 2 ))
    (( killed < 2 && deadline - now < wait_ms )) && wait_ms=$(( deadline - now > 20 ? deadline - now : 20 ))
  done
}
watch &
watcher=$!
disown "$watcher"

# A signal ends a wait early; a second one for a child that is buried already says 127.
code=127
while interrupted=0; wait "$child"; last=$?; (( last == 127 )) || code=$last; (( interrupted )); do :; done
kill -KILL -- "-$child" 2>/dev/null
kill -KILL "$watcher" 2>/dev/null
if (( stopping || code >= 125 )) || [[ -e .timed-out ]]; then release; fi
# What left the session carries the token; a queue that follows parents alone would miss it.
if [[ -n \${SLURM_JOB_ID-} ]] && { (( stopping )) || [[ -e .timed-out ]]; }; then
  for place in $(grep -slF "NEREUS_TOKEN=$token" /proc/[0-9]*/environ); do
    place=\${place#/proc/}; (( \${place%%/*} == $$ )) || kill -KILL "\${place%%/*}" 2>/dev/null
  done
fi
milliseconds

signal=null
if (( code > 128 && code < 160 )) && name=$(kill -l "$code" 2>/dev/null); then signal="\\"SIG$name\\""; fi
timed_out=false; [[ -e .timed-out ]] && timed_out=true
stopped=false; (( stopping )) && stopped=true
read -r peak <.beat
rss=null; (( \${peak:-0} > 0 )) && rss=$(( peak * 1024 ))
printf '{"token":"%s","exitCode":%d,"signal":%s,"startedAtMs":%s,"endedAtMs":%s,"maxRssBytes":%s,"host":"%s","timedOut":%s,"stopped":%s}\\n' \\
  "$token" "$code" "$signal" "$started" "$now" "$rss" "\${HOSTNAME//[^A-Za-z0-9._-]/}" "$timed_out" "$stopped" >status.json.tmp &&
  sync status.json.tmp && exec mv status.json.tmp status.json
`;
