import { quoteForShell } from "@/lib/dag/render-command";
import { type ContainerOptions, programOf } from "@/server/executors/container/container-options";
import {
  containerName,
  engineWords,
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
cd ${insideFolder}/out || exit 78
how=$1
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
  const isBox = options.engine === "docker" || options.engine === "podman";
  const start = isBox ? [ownRights, watchedStart(line, job, options)] : [asUser, `exec ${line}`];
  return [imageCheck(job, options), ...start, ""].join("\n");
}

const writeWord = (word: Word): string =>
  typeof word === "string" ? quoteForShell(word) : `\${${word.variable}:+"$${word.variable}"}`;

/** Who runs the site is the same inside; root is nobody inside, and its `out/` is nobody's. */
const ownRights = `who=$(id -u):$(id -g) mapping=
if [[ $who == 0:* ]]; then who=65534:65534; chown 65534:65534 .; else mapping=--userns=keep-id; fi`;

/**
 * The engine's program in a session of its own and without the token: a cancel that reached it first, before it passes
 * signals on, would end it and lose the exit code. The container is told by its name. A signal ends a wait early, so
 * it is waited again, as in the wrapper.
 */
function watchedStart(line: string, { token }: ContainerJob, options: ContainerOptions): string {
  const tell = `${quoteForShell(programOf(options))} kill --signal TERM ${quoteForShell(containerName(token))}`;
  return `setsid env --unset=NEREUS_TOKEN ${line} &
engine=$!
trap ${quoteForShell(`told=1; ${tell} >/dev/null 2>&1 || true`)} TERM
set +e
code=127
while told=; wait "$engine"; last=$?; (( last == 127 )) || code=$last; [[ -n $told ]]; do :; done
exit "$code"`;
}

/** Charliecloud asks for the user's name. */
const asUser = "export USER=${USER:-$(id -un)}";

/** An image that is not there is brought, or the job ends with the sentence that says so. */
function imageCheck({ image }: ContainerJob, options: ContainerOptions): string {
  const { engine } = options;
  const name = quoteForShell(image);
  const missing = sayError("image-missing", { image });
  if (engine === "charliecloud" || image.startsWith("/")) return `[[ -e ${name} ]] || { ${missing}; exit 78; }`;
  if (engine === "apptainer") return image.startsWith("localhost/") ? `{ ${missing}; exit 78; }` : ":";
  const program = quoteForShell(programOf(options));
  const failed = sayError("image-pull-failed", { image, problem: "PROBLEM" }).replace("PROBLEM", `'"$said"'`);
  const pull = image.startsWith("localhost/")
    ? `${missing}; exit 78`
    : `said=$(${program} pull ${name} 2>&1 >/dev/null) || { said=\${said##*$'\\n'}; said=\${said//[^A-Za-z0-9 .,:;\\/@_()-]/ }; ${failed}; exit 78; }`;
  return `if ! ${program} image inspect ${name} >/dev/null 2>&1; then ${pull}; fi`;
}

const sayError = (code: string, fields: Readonly<Record<string, string>>): string =>
  `echo ${quoteForShell(`nereus-error ${JSON.stringify({ code, fields })}`)} >&2`;

/** Only docker and podman keep a container that outlives its starter; one that is gone is fine. */
function releaseScript({ token }: ContainerJob, options: ContainerOptions): string {
  const { engine } = options;
  if (engine !== "docker" && engine !== "podman") return "";
  const at = engine === "podman" ? ["--time", "0"] : [];
  const words = [programOf(options), "rm", "--force", ...at, containerName(token)];
  return `${words.map(quoteForShell).join(" ")} >/dev/null 2>&1 || true\n`;
}
