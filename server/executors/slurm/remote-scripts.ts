/**
 * `bash -c <script> nereus <token> <scratch> <sbatch words...>`, batch script on standard input. Prints one line:
 * `claimed <job id or nothing>`, `known <job id>` or `new <job id>`; exit code and stderr are those of sbatch.
 * The mark is made before sbatch: where it exists already, an earlier submit may or may not have reached the queue, so
 * the queue is asked by name: its number may be another's after a crash (EXECUTION.md, C1, S2 and S3). What starts twice all the same ends at the wrapper's claim.
 */
export const submitScript = `
token=$1 scratch=$2; shift 2
claim=$scratch/.claim-$token mark=$scratch/.submitted-$token name=nereus-$token
if [[ -d $claim ]]; then
  pid= start= boot= id=
  [[ -r $claim/pid ]] && read -r pid start boot id <"$claim/pid"
  echo "claimed $id"; exit 0
fi
if ! mkdir "$mark" 2>/dev/null; then
  [[ -d $scratch ]] || { echo "there is no folder $scratch" >&2; exit 1; }
  found=$(timeout 20 squeue -h -t all -n "$name" -o %i) || exit 75
  id=; read -r id <<<"$found"
  [[ -n $id ]] && { echo "known $id"; exit 0; }
fi
id=$(timeout 50 sbatch "$@"); code=$?
# A refusal is certain; a time limit or a lost controller is not, so the mark stays.
if (( code == 1 )); then rmdir "$mark" 2>/dev/null; fi
(( code == 0 )) || exit "$code"
echo "new \${id%%;*}"
`;

/**
 * `bash -c <script> nereus`, one line `<token> TAB <scratch>` per job on standard input. Prints the queue first and the
 * folders after, so that a sentinel is never older than what the queue said:
 * - `Q <id>|<state>|<submitted>|<start>|<reason>|<name>|<nodes>` per job of the user, or `F <why>` when the queue is silent;
 * - `S <n> <sentinel>` or `C <n> <claimed at, s> <beat at, s or 0> <job id>` for the n-th line;
 * - `T <now, s>`.
 * One command for any number of jobs; files are read by builtins, and one stat answers for all claims.
 */
export const lookScript = `
if queue=$(timeout 8 squeue -h -t all -u "$(id -un)" -o '%i|%T|%V|%S|%r|%j|%N' 2>&1); then
  while IFS= read -r line; do [[ $line == *'|nereus-'* ]] && printf 'Q %s\\n' "$line"; done <<<"$queue"
else
  printf 'F %s\\n' "\${queue:-squeue gave no answer within 8 s}" | tr '\\n' ' '; echo
fi
n=0 claims=() paths=()
while IFS=$'\\t' read -r token scratch; do
  if [[ -e $scratch/status.json ]]; then
    line=; IFS= read -r line <"$scratch/status.json"; printf 'S %d %s\\n' "$n" "$line"
  elif [[ -d $scratch/.claim-$token ]]; then
    pid= start= boot= id=
    [[ -r $scratch/.claim-$token/pid ]] && read -r pid start boot id <"$scratch/.claim-$token/pid"
    claims+=("$n $id"); paths+=("$scratch/.claim-$token" "$scratch/.beat")
  fi
  n=$((n + 1))
done
if (( \${#paths[@]} )); then
  declare -A at
  while read -r seconds path; do at[$path]=$seconds; done < <(printf '%s\\0' "\${paths[@]}" | xargs -0 stat -c '%Y %n' 2>/dev/null)
  for i in "\${!claims[@]}"; do
    printf 'C %s %s %s %s\\n' "\${claims[i]%% *}" "\${at[\${paths[2*i]}]-0}" "\${at[\${paths[2*i+1]}]-0}" "\${claims[i]#* }"
  done
fi
printf 'T %(%s)T\\n' -1
`;

/** `bash -c <script> nereus <token> <scratch>`: the folder is taken, so that what has not begun never will. */
export const takeClaimScript = `mkdir -- "$2/.claim-$1" 2>/dev/null && echo taken; exit 0`;
