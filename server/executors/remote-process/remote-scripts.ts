/** Functions that several scripts begin with. Linux: they read `/proc`. */
const identify = `
read -r boot_now </proc/sys/kernel/random/boot_id
printf -v now '%(%s)T' -1
# The job of $scratch has told within the last minutes that it lives, here or elsewhere.
beats() { local at; at=$(stat -c %Y "$scratch/.beat" 2>/dev/null) && (( now - at < 105 )); }
# alive <pid> <start ticks> <boot>: exactly this process lives.
alive() {
  local line fields
  [[ $3 == "$boot_now" ]] && { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
  fields=(\${line##*) })
  [[ \${fields[0]} != [ZX] && \${fields[19]} == "$2" ]]
}
# members <token> <pid> <start ticks> <boot>: every live process of a job: of the wrapper's session, unless that number
# belongs to another by now, and whoever left it but carries the token.
members() {
  local leader=$2 line fields place pid
  if [[ -n $leader ]]; then
    [[ $4 == "$boot_now" ]] || leader=
    if [[ -n $leader ]] && { read -r line <"/proc/$leader/stat"; } 2>/dev/null; then
      fields=(\${line##*) })
      [[ \${fields[19]} == "$3" ]] || leader=
    fi
  fi
  {
    if [[ -n $leader ]]; then
      for place in /proc/[0-9]*/stat; do
        { read -r line <"$place"; } 2>/dev/null || continue
        fields=(\${line##*) })
        [[ \${fields[0]} != [ZX] && \${fields[3]} == "$leader" ]] && echo "\${line%% *}"
      done
    fi
    for place in $(grep -slF "NEREUS_TOKEN=$1" /proc/[0-9]*/environ); do
      pid=\${place#/proc/}; echo "\${pid%%/*}"
    done
  } | sort -nu
}
# A wrapper that ended without a word has not taken away the container of its job.
release() { [[ -e $scratch/status.json || ! -s $scratch/release.sh ]] || timeout 10 bash "$scratch/release.sh" </dev/null >/dev/null 2>&1 || true; }
`;

/**
 * `bash -c <script> nereus <token> <scratch> <limit, s> <grace, s>`, the wrapper on standard input. Starts it in a session
 * of its own, away from this channel (EXECUTION.md, H6, H7), and prints who signed the claim: `<pid> <start ticks> <boot>`,
 * or nothing when nobody has within two seconds. A copy that comes second ends at the claim.
 */
export const startScript = `
token=$1 scratch=$2; shift 2
cd "$scratch" || exit 1
claim=.claim-$token
if [[ ! -d $claim ]]; then
  cat >"wrapper.sh.$$" && mv -f "wrapper.sh.$$" wrapper.sh || exit 1
  NEREUS_TOKEN=$token setsid -f /bin/bash wrapper.sh "$token" "$@" </dev/null >/dev/null 2>&1 || exit 1
fi
exec 8<> <(:)
for (( n = 0; n < 200; n++ )); do
  [[ -s $claim/pid ]] && { read -r line <"$claim/pid"; echo "$line"; exit 0; }
  read -r -t 0.01 -u 8
done
exit 0
`;

/**
 * `bash -c <script> nereus`, one line `<token> TAB <scratch> TAB <job id>` per job on standard input. Prints for the n-th
 * line one of
 * - `S <n> <sentinel>`: it ended;
 * - `R <n> <claimed at, s>`: its wrapper lives here, or its beat is fresh and another machine's boot signed the claim;
 * - `W <n> <job id>`: it was started and has not said more yet;
 * - `M <n>`: nothing of it is there; what a killed wrapper has left behind was killed too.
 * One command for any number of jobs. The second look at the sentinel is for a wrapper that ended between the two.
 */
export const lookScript = `${identify}
ended() {
  [[ -e $scratch/status.json ]] && read -r line <"$scratch/status.json" && [[ $line == *""$token""* ]] && printf 'S %d %s\\n' "$n" "$line"
}
look() {
  local pid= start= boot= rest claim=$scratch/.claim-$token at
  ended && return
  if [[ ! -d $claim ]]; then
    read -r pid start boot <<<"$job"
    if [[ -n $pid ]] && alive "$pid" "$start" "$boot"; then printf 'W %d\\n' "$n"; else ended || printf 'M %d\\n' "$n"; fi
    return
  fi
  at=$(stat -c %Y "$claim")
  [[ -r $claim/pid ]] && read -r pid start boot rest <"$claim/pid"
  if [[ -z $pid ]]; then
    if (( now - at < 10 )); then printf 'W %d\\n' "$n"; else ended || printf 'M %d\\n' "$n"; fi
  elif alive "$pid" "$start" "$boot" || { [[ $boot != "$boot_now" ]] && beats; }; then
    printf 'R %d %s\\n' "$n" "$at"
  elif ! ended; then
    for one in $(members "$token" "$pid" "$start" "$boot"); do kill -KILL "$one" 2>/dev/null; done
    release
    printf 'M %d\\n' "$n"
  fi
}
n=0
while IFS=$'\\t' read -r token scratch job; do look; n=$((n + 1)); done
echo T
`;

/** The same input; prints `<n> <job id>` for each that was started, with nothing after the number when nobody signed. */
export const findScript = `
n=0
while IFS=$'\\t' read -r token scratch; do
  claim=$scratch/.claim-$token line=
  if [[ -d $claim ]]; then
    [[ -r $claim/pid ]] && read -r line <"$claim/pid"
    echo "$n $line"
  fi
  n=$((n + 1))
done
echo T
`;

/**
 * `bash -c <script> nereus <token> <scratch> <grace, ms> <settle, ms>`: TERM, grace, KILL; the wrapper is spared until it
 * had time to write how the work ended. What has not begun never will: its claim is taken. Ends with 1 when something
 * survives, or when the job lives on another machine behind the same name: a later look may come to that one.
 */
export const cancelScript = `${identify}
token=$1 scratch=$2 grace=$3 settle=$4 pid= start= boot= rest=
claim=$scratch/.claim-$token
if mkdir -- "$claim" 2>/dev/null; then exit 0; fi
[[ -r $claim/pid ]] && read -r pid start boot rest <"$claim/pid"
if [[ -n $pid && $boot != "$boot_now" ]] && beats; then exit 1; fi
all() { members "$token" "$pid" "$start" "$boot"; }
exec 8<> <(:)
gone() {
  local left=$1
  while [[ -n $(all) ]]; do
    (( left <= 0 )) && return 1
    read -r -t 0.1 -u 8; left=$((left - 100))
  done
}
session_of() { local line fields; { read -r line <"/proc/$1/stat"; } 2>/dev/null || return; fields=(\${line##*) }); echo "\${fields[3]}"; }
# The wrapper passes TERM on to its group; whoever left the session is told directly, nobody twice.
list=$(all)
grep -qx "\${pid:-none}" <<<"$list" && leads=1 || leads=0
for one in $list; do
  if (( ! leads )) || [[ $one == "$pid" || $(session_of "$one") != "$pid" ]]; then kill -TERM "$one" 2>/dev/null; fi
done
gone "$grace" && { release; exit 0; }
for one in $(all); do [[ $one == "$pid" ]] || kill -KILL "$one" 2>/dev/null; done
gone "$settle" && { release; exit 0; }
for one in $(all); do kill -KILL "$one" 2>/dev/null; done
gone "$settle" && release
`;
