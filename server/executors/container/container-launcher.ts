import { quoteForShell } from "@/lib/dag/render-command";
import { type ContainerOptions, programOf } from "@/server/executors/container/container-options";
import {
  apptainerVariable,
  containerName,
  engineWords,
  enteredName,
  enterName,
  insideFolder,
  type Word,
} from "@/server/executors/container/engine-words";
import type { ContainerJob, Launcher } from "@/server/executors/runner";

/**
 * Runs the commands of attempts in containers, under any runner: `cmd.sh` becomes the start of the engine, which runs
 * `task.sh` inside, and `release.sh` removes by its name what a killed engine left running. Exit codes and signals pass
 * through.
 */
export function containerLauncher(options: ContainerOptions): Launcher {
  return {
    inside: insideFolder,
    hidesWork: isBox(options),
    files: (job) => [
      ["task.sh", `${job.command}\n`],
      [enterName, enterScript],
      ["cmd.sh", launchScript(job, options)],
      ["release.sh", releaseScript(job, options)],
    ],
  };
}

/**
 * `sh enter.sh init|exec` inside, in any image with a POSIX shell: runs the command where no pipe hides an exit code, or says
 * that the image cannot. As `init` it is the first process of its own number space, which no signal ends unless it says so.
 */
const enterScript = `#!/bin/sh
how=$1
[ "$how" = exec ] || echo entered >${insideFolder}/${enteredName}
cd ${insideFolder}/out || exit 78
if command -v bash >/dev/null 2>&1; then set -- bash -euo pipefail
elif (set -o pipefail) 2>/dev/null; then set -- sh -eu -o pipefail
else
  echo 'nereus-error {"code":"image-shell-missing","fields":{}}' >&2
  exit 78
fi
[ "$how" = exec ] && exec "$@" ${insideFolder}/task.sh
"$@" ${insideFolder}/task.sh </dev/null &
child=$!
trap 'told=1; kill -TERM -1' TERM INT HUP
code=127
while told=; wait "$child"; last=$?; [ "$last" = 127 ] || code=$last; [ -n "$told" ]; do :; done
exit "$code"
`;

function launchScript(job: ContainerJob, options: ContainerOptions): string {
  const line = engineWords(job, options).map(writeWord).join(" ");
  const start = isBox(options)
    ? [ownRights, watchedStart(line, job, options)]
    : [asUser, ...(options.engine === "apptainer" ? apptainerExports(job) : []), `exec ${line}`];
  return [imageCheck(job, options), ...start, ""].join("\n");
}

const isBox = ({ engine }: ContainerOptions): boolean => engine === "docker" || engine === "podman";

/** A variable that has no value is none inside either. The token is what finds processes that left their session. */
const apptainerExports = ({ variables }: ContainerJob): readonly string[] =>
  [...variables, "NEREUS_TOKEN"].map(
    (name) => `[[ -z \${${name}+set} ]] || export ${apptainerVariable(name)}="$${name}"`,
  );

const writeWord = (word: Word): string =>
  typeof word === "string" ? quoteForShell(word) : `\${${word.variable}:+"$${word.variable}"}`;

/** Who runs the site is the same inside; root is nobody inside, and what it may write is nobody's. */
const ownRights = `who=$(id -u):$(id -g) mapping=
: >../${enteredName}
if [[ $who == 0:* ]]; then who=65534:65534; chown 65534:65534 . ../${enteredName}; else mapping=--userns=keep-id; fi`;

/**
 * The engine's program in a session of its own and without the token: a cancel that reached it first, before it passes
 * signals on, would end it and lose the exit code; its number is kept for `release.sh`. The container is told by its name.
 * A signal ends a wait early, so it is waited again, as in the wrapper. An engine that could not start the container, or an
 * image without a shell, ends with 125 to 127, as a command may: only what never came inside was not started.
 */
function watchedStart(line: string, { token, image }: ContainerJob, options: ContainerOptions): string {
  const refused = sayError("container-refused", { image, exitCode: "CODE" }).replace('"CODE"', `'"$code"'`);
  const tell = `${quoteForShell(programOf(options))} kill --signal TERM ${quoteForShell(containerName(token))}`;
  return `setsid bash -c 'echo $$ >../${starterName}; exec env --unset=NEREUS_TOKEN "$@"' nereus ${line} &
engine=$!
trap ${quoteForShell(`told=1; ${tell} >/dev/null 2>&1 || true`)} TERM
set +e
code=127
while told=; wait "$engine"; last=$?; (( last == 127 )) || code=$last; [[ -n $told ]]; do :; done
if [[ ! -s ../${enteredName} ]] && (( code >= 125 && code <= 127 )); then ${refused}; fi
exit "$code"`;
}

/** Charliecloud asks for the user's name. */
const asUser = "export USER=${USER:-$(id -un)}";

/** An image that is not there is brought, or the job ends with the sentence that says so. */
function imageCheck({ image }: ContainerJob, options: ContainerOptions): string {
  const { engine } = options;
  const name = quoteForShell(image);
  const missing = sayError("image-missing", { image });
  if (isBox(options) && image.startsWith("/")) return `${sayError("image-is-path", { image, engine })}; exit 78`;
  if (engine === "charliecloud" || image.startsWith("/")) return `[[ -e ${name} ]] || { ${missing}; exit 78; }`;
  if (engine === "apptainer") return image.startsWith("localhost/") ? `{ ${missing}; exit 78; }` : ":";
  const program = quoteForShell(programOf(options));
  const failed = sayError("image-pull-failed", { image, problem: "PROBLEM" }).replace("PROBLEM", `'"$said"'`);
  const away = sayError("container-engine-away", { engine, problem: "PROBLEM" }).replace("PROBLEM", `'"$said"'`);
  const pull = image.startsWith("localhost/")
    ? `${missing}; exit 78`
    : `said=$(${program} pull ${name} 2>&1 >/dev/null) || { ${lastWords}; ${failed}; exit 78; }`;
  return `if ! ${program} image inspect ${name} >/dev/null 2>&1; then
  said=$(${program} version 2>&1 >/dev/null) || { ${lastWords}; ${away}; exit 78; }
  ${pull}
fi`;
}

/** The last line of what an engine said, without what JSON would have to escape. */
const lastWords = `said=\${said##*$'\\n'}; said=\${said//[^A-Za-z0-9 .,:;\\/@_()-]/ }`;

const sayError = (code: string, fields: Readonly<Record<string, string>>): string =>
  `echo ${quoteForShell(`nereus-error ${JSON.stringify({ code, fields })}`)} >&2`;

/**
 * Only docker and podman keep a container that outlives its starter; one that is gone is fine. The starter goes first, told
 * from a later process of its number by the container's name among its words: it would start what was just removed. What it
 * has asked for may still come, so both are looked for again.
 */
function releaseScript({ token }: ContainerJob, options: ContainerOptions): string {
  if (!isBox(options)) return "";
  const name = containerName(token);
  const at = options.engine === "podman" ? ["--time", "0"] : [];
  const line = (...words: readonly string[]) => [programOf(options), ...words].map(quoteForShell).join(" ");
  return `cd -- "$(dirname -- "$0")" || exit 0
exec 8<> <(:)
for (( n = 0; n < 20; n++ )); do
  pid= left=0
  [[ -r ${starterName} ]] && read -r pid <${starterName}
  if [[ -n $pid ]] && grep -qsaF ${quoteForShell(name)} "/proc/$pid/cmdline"; then kill -KILL -- "-$pid"; left=1; fi
  ${line("rm", "--force", ...at, name)}
  read -r -t 0.1 -u 8
  (( left )) || ${line("container", "inspect", name)} || break
done >/dev/null 2>&1
`;
}

/** Holds the number of the process that starts the container, and leads its group; below the scratch folder. */
const starterName = ".starter";
