import type { ErrorCode } from "@/lib/errors";

/** One sentence per failure: what, which one, what was expected, what to do. Fields stand in braces. */
export const errors: Record<ErrorCode, string> = {
  "sign-in-required": "Sign in to {verb}.",
  "not-permitted": "Your role ({role}) may not {verb}; it needs {needed}. Ask an administrator.",
  "farms-too-many": "You and your organisation keep {limit} farms already, the most there may be. Remove one first.",
  "account-unknown": "There is no account “{account}”.",
  "email-taken": "There is already an account for {email}. Use another address or change that one.",
  "last-admin": "{email} is the only administrator. Make someone else an administrator first.",
  "password-wrong": "The present password is not right. Type it again.",
  "password-too-short": "A password of {length} characters is too short. Use {needed} or more.",
  "sign-in-refused":
    "This address and password do not belong together. Check both, or ask an administrator for a new password.",
  "input-invalid": "{field}: {problem}",
  "host-file-not-allowed":
    "{field} names a file of the host, which only its own command line may give. Ask an operator to start this run.",
  "pipeline-unknown": "There is no pipeline “{pipeline}”. Known: {known}.",
  "run-unknown": "There is no run “{run}”. List the runs to find its id.",
  "run-already-ended": "Run {run} has already ended ({state}); nothing was changed.",
  "reason-missing": "Say why: an operator's act needs a reason.",
  "node-unknown": "Run {run} has no node “{node}”. Known: {known}.",
  "task-unknown": "Node {node} has no task “{task}”. Known: {known}.",
  "task-needed": "Node {node} has {count} tasks. Name one of them by its key.",
  "task-already-ended":
    "Task “{task}” of node {node} has already ended ({state}); nothing was changed. Rerun it to have it done again.",
  "operator-target":
    "“{action}” is for: {targets} (run: name no node; node: name it; tasks: name the node and their keys).",
  "nothing-to-do": "“{action}” would change nothing of {target}. Ask why to see where it stands.",
  "node-without-tasks": "Node {node} has no task yet ({state}). Rerun a node before it, or force it.",
  "run-not-ended": "Run {run} has not ended ({state}). Name the node to rerun, or cancel the run first.",
  "run-nothing-failed": "Nothing of run {run} failed. Name the node to rerun.",
  "rerun-publishes-partly":
    "This would publish only a part of {product} again. Rerun all of {node} with everything that came of it.",
  "run-changed": "Run {run} was rerun by someone else meanwhile; nothing was changed. Look at it again.",
  "run-being-cancelled": "Run {run} is being cancelled. Wait for its end, then rerun it.",
  "priority-invalid": "“{value}” is no priority. Give a whole number from -{limit} to {limit}.",
  "output-file-not-allowed":
    "“{file}” is a file of the machine; only its own command line may give one. Name an artifact by its id.",
  "artifact-unknown": "There is no artifact “{artifact}”. The page of its run lists them.",
  "output-already-committed": "Node {node} has committed {path} already, and others may have read it. Rerun the task.",
  "output-wanted": "Node {node} has to make {pattern}; give such a file as well.",
  "output-publishes": "Node {node} publishes {product}; its outputs cannot be set by hand. Rerun it.",
  "attempt-unknown": "There is no attempt “{attempt}”.",
  "program-not-bundled": "The program {program} is not in {folder}. Run npm run build first.",
  "task-lost": "The job of node {node} was lost at site {site}: it left no result.",
  "task-out-of-memory": "Node {node} needs more memory than the {memoryMb} MB that it was given.",
  "task-stopped": "The job of node {node} was stopped at site {site} by somebody else than Nereus before its end.",
  "task-timed-out": "Node {node} did not end within its {seconds} s and was stopped.",
  "schedule-kind": "Pipeline {pipeline} runs on demand and cannot be scheduled. Choose a routine pipeline.",
  "definition-invalid": "Pipeline {pipeline}, {place}: {problem}",
  "reference-invalid": "{place}: the reference “{text}” {problem}",
  "expression-invalid": "The expression “{expression}” is wrong at column {column}: {problem}",
  "expression-failed": "The expression “{expression}” has no value: {problem}",
  "run-input-missing": "The run input lacks: {fields}. Fill it in.",
  "import-invalid": "{file}, {place}: {problem}",
  "import-format": "{file} cannot be imported: {problem}",
  "import-built-in": "“{pipeline}” is built in and is not replaced. Import the file under another name with --as <id>.",
  "pipeline-unrunnable":
    "Pipeline {pipeline} cannot run here because of {nodes}. Export it, change those nodes, and import it again.",
  "dagon-token-unknown": "The token {token} is not known or was revoked. Ask an administrator for another.",
  "external-run-unknown": "There is no workflow “{run}” of this token. Register it first.",
  "external-task-unknown": "Workflow {run} has no task “{task}”. Add it first.",
  "external-name-taken": "There is already a workflow “{name}” ({id}); nothing was changed. Use another name.",
  "report-invalid": "The report cannot be read: {problem}",
  "fan-out-too-wide": "Node {node} would get {count} tasks; the limit is {limit}. Narrow its input or raise the limit.",
  "schedule-unknown": "There is no schedule “{schedule}”.",
  "cron-invalid":
    "The cron expression “{cron}” is not valid: {problem}. Expected five fields: minute, hour, day, month, weekday.",
  "time-zone-unknown": "There is no time zone “{timeZone}”. Use a name such as Europe/Rome.",
  "recurrence-invalid":
    "The recurrence “{recurrence}” is not valid: {problem}. Expected R/2026-07-01T00:00/P1D, R5/start/end or R5/duration/end.",
  "cycle-invalid": "“{text}” is not a cycle. Write 2026-07-01, 2026-07-01T06Z or 2026-07-01T06:10Z.",
  "backfill-range":
    "From {from} to {to} there are {count} cycles; a backfill takes from 1 to {limit}. Choose another range.",
  "backfill-schedule": "Pipeline {pipeline} has several schedules ({schedules}). Say which with --schedule.",
  "command-failed": "“{command}” ended with exit code {exitCode} (signal {signal}). Last lines: {stderrTail}",
  "command-timed-out": "“{command}” did not end within {seconds} s and was stopped.",
  "output-missing": "Node {node} ended well but made no file that matches {pattern}.",
  "manifest-invalid":
    "What the job tells about its files (out/.manifest.jsonl) cannot be used, line {line}: {problem}. Each line is a JSON object with path, mimeType and metadata.",
  "output-cut": "Node {node} ended well but left files that are shorter than their own header says: {paths}.",
  "secret-unknown":
    "Node {node} needs the secret {secret}, which this host does not give. Name it under secrets in nereus.config.ts and set the variable for the worker.",
  "secret-not-carried":
    "Node {node} needs the secret {secret}, which is not carried to site {site}: it would lie there in a file. Run the node on this machine.",
  "input-collected":
    "Node {node} needs {producer}/{path}, which was removed at {at} since nobody needed it any more. Rerun {producer} with all that came of it.",
  "pin-exists": "The files of run {run}{node} are kept already.",
  "pin-unknown": "The files of run {run}{node} are not kept by anybody.",
  "pin-node-unknown": "Run {run} has no step {node}. Known: {known}.",
  "input-missing": "Node {node} needs {reference}, which is not there. Its producer made no such file.",
  "path-leaves-scratch": "The path “{path}” leaves the task's folder; only paths inside it are allowed.",
  "artifact-changed": "{path} changed after it was committed (sha256 {got} instead of {wanted}).",
  "program-failed": "The program {program} ended with exit code {exitCode} (signal {signal}). Last lines: {stderrTail}",
  "fragment-invalid": "The published fragment of {product} cannot be used: {problem}",
  "product-unknown": "There is no product “{product}” of run {run}. It may not have published its first step yet.",
  "open-file-unknown":
    "There is nothing at {path} among the open files. Paths read product/domain/archive/YYYY/MM/DD; start at /files.",
  "subset-parameter-invalid": "The parameter {parameter} is “{value}”; expected {expected}.",
  "subset-outside-grid":
    "No cell of {product} has its centre in that box. The domain spans {west} to {east} E, {south} to {north} N.",
  "subset-outside-times":
    "{product} has no published step from {from} to {to}. Its coverage document lists the steps that exist.",
  "subset-too-large":
    "The part of {product} that was asked for holds {cells} values, more than {limitCells}. Ask for fewer hours, variables or a smaller box, or read the Zarr store.",
  "upload-too-large":
    "{file} is larger than {limitBytes} bytes, the most that can be looked into here. Use nereus inspect on your own machine.",
  "preview-unknown": "That file is not kept any more: files that are sent stay for an hour. Send it again.",
  "portal-busy":
    "The portal is making files for {waiting} others at the moment. Ask again in a minute, or read the Zarr store.",
  "product-file-unknown": "The product {product} has no file {path}. Its coverage document lists the steps that exist.",
  "range-not-satisfiable": "{path} has {sizeBytes} bytes; the requested range lies outside.",
  "disk-full": "The disk is full at {path}. Free some space; the work is kept and can be resumed.",
  "job-rejected": "The queue refuses the job: {problem}. Check partition, account, limits and node needs of its site.",
  "start-refused": "The site cannot start the job: {problem}.",
  "queue-silent": "The queue of the site does not answer: {problem}. What runs goes on; it is asked again.",
  "module-missing":
    "The site has no environment module {module}. Ask the centre for its name, or change the site's modules.",
  "container-not-here":
    "Node {node} runs in a container, but site {site} says of no engine how it starts them. Set containers there.",
  "image-missing":
    "There is no image {image} at the site. Import or build it there, or name one of a registry by digest.",
  "image-pull-failed": "The image {image} could not be brought: {problem}",
  "image-shell-missing":
    "The image has neither bash nor a shell with pipefail, so an exit code could be hidden. Add bash to it.",
  "image-is-path":
    "{engine} at the site takes no image by its path: {image}. Import it there as localhost/name, or name one of a registry by digest.",
  "container-engine-away": "The container engine {engine} of the site does not answer: {problem}",
  "container-refused":
    "The container engine of the site could not start a container of {image} (exit code {exitCode}). Its words are in the log.",
  "job-broken": "The job of node {node} was ended by site {site} ({failure}): {reason}.",
  "site-unreachable": "{place} cannot be reached: {problem}. What runs there goes on; it is asked again.",
  "host-key-unknown":
    "{host} is not known: it shows the key {fingerprint}. Compare it with the centre's own; if it is right, run: {command}",
  "host-key-changed":
    "{host} shows another key than before: {fingerprint} instead of {expected}. Somebody may be listening, or the host was set up anew; ask the centre, then mend {file}.",
  "ssh-login-refused":
    "{host} does not let {user} in with {key}. Is the public key among the user's authorized keys there?",
  "ssh-key-unreadable": "The private key {path} cannot be used: {problem}. Give a key without passphrase, or an agent.",
  "file-unreadable": "{file} cannot be read: {problem}",
  "file-truncated":
    "{file} is cut short: its header announces {expectedBytes} bytes, it has {actualBytes}. Is it still being written?",
  "format-unknown":
    "{file} is of no format that can be read (it starts with {startsWith}). Give NetCDF, HDF5, GRIB, GeoTIFF or Zarr.",
  "format-invalid": "{file} is damaged at {place}: {problem}",
  "unsupported-feature":
    "{file} uses {feature}, which is not supported. Convert it, for instance with nccopy or gdal_translate.",
  "file-too-demanding":
    "Reading {file} needs more than {limit}, the most that one file may take. It is probably damaged; check or convert it.",
  "raster-unplaced":
    "{file} cannot be placed on a map: {problem}. Give it one, for instance with gdal_translate -a_srs and -a_ullr.",
  "raster-incomplete": "The raster {raster} cannot be put together: {problem}.",
  "variable-missing": "{file} has no variable {variable}. It has: {present}.",
  "grid-mismatch": "{variable} in {file} is {got} but the grid needs {want}. Was it cut with another domain?",
  "time-undefined": "{file} does not say its times: {problem}",
  "value-out-of-range": "{variable} holds {value}, outside what can be published ({lowest} to {highest}).",
  "config-invalid": "{file}, {key}: {problem}",
  "database-unreachable": "No PostgreSQL answers at {address}: {problem}. Check DATABASE_URL or leave it unset.",
  "database-too-old": "The PostgreSQL at DATABASE_URL is {version}; {needed} or newer is needed.",
  "embedded-database-missing":
    "There is no built-in PostgreSQL for {platform}. Set DATABASE_URL to a PostgreSQL 15 or newer.",
  "embedded-database-failed":
    "The built-in PostgreSQL failed at {step}: {problem}. See log/postgres.log in NEREUS_HOME, or set DATABASE_URL.",
  "port-taken": "Port {port} is in use by another program. Stop it or choose another with NEREUS_PORT.",
  "port-unusable": "The web server cannot listen on {address}: {problem}. Choose with NEREUS_HOST and NEREUS_PORT.",
  "home-unwritable": "The folder {path} cannot be written: {problem}. Choose another with NEREUS_HOME.",
  "met-unsuitable": "{file} cannot drive a smoke run: it lacks {missing}.",
  "met-no-records": "{file} holds no time records. Is it still being written?",
  "met-source-unknown": "There is no weather source “{source}”. Known: {known}.",
  "met-path-not-allowed":
    "“{met}” is a path or an address; here only the name of a configured weather source is accepted.",
  "met-none-yet": "The weather source {source} has no forecast yet. Wait for its next run or choose another source.",
  "point-outside-domain":
    "The point {lat}, {lon} lies outside the weather domain ({south} to {north} N, {west} to {east} E). Move it inside.",
  "start-outside-times": "The start {start} lies outside the weather data ({first} to {last}). Choose a time between.",
  "met-gap-too-long":
    "The weather data miss {hours} h between {after} and {before}; at most {limitHours} h can be bridged.",
  "duration-too-long": "{hours} h is above the limit of {limitHours} h. Ask for {limitHours} or less.",
  "wait-expired": "Node {node} waited {seconds} s and it did not come: {what}.",
  "address-refused": "{url} is not asked: {problem}.",
  "server-silent": "{url} gave no answer: {problem}. It is asked again.",
  "path-not-allowed": "{path} is not below a folder that may be watched ({roots}). Add one to waits.roots.",
  "pattern-too-wide": "{pattern} reaches more than {limit} files. Narrow it.",
  "watch-invalid": "Node {node} cannot wait: {problem}.",
  "gate-rejected": "{who} rejected node {node}: {reason}",
  "gate-not-waiting": "Node {node} of run {run} waits for no approval; it may have been decided, or is not a gate.",
  "child-not-completed": "Run {run}, which node {node} started, is {state}: {reason}",
  "sea-unsuitable":
    "{file} cannot drive a run of bacteria: it lacks {missing}. Files of ROMS, CROCO or WaComM hold it.",
  "sea-field-invalid": "{variable} in {file} is wrong in {cells} places: {problem}. Was the file cut or damaged?",
  "outfall-invalid": "The source {outfall} cannot be used: {problem}.",
  "outfall-on-land":
    "The source {outfall} at {lat}, {lon} lies on land of the ocean model; the nearest sea is {nearestM} m away. Move it, or allow it with moveM.",
  "farm-invalid": "The farm {farm} cannot be used: {problem}.",
  "farm-on-land": "The farm {farm} lies wholly on land of the ocean model. Check its positions, or use a finer model.",
  "place-outside-sea":
    "{place} lies outside the ocean model ({south} to {north} N, {west} to {east} E). Move it inside or leave it out.",
  "farm-unknown": "There is no farm {farm} of yours.",
  "sea-source-unknown": "There is no source of currents “{source}”. Known: {known}.",
  "sea-gap-too-long":
    "The currents are {hours} h apart between {after} and {before}; {limitHours} h may be bridged. Give the missing files, or allow more with gapHours (24 for daily means).",
  "sea-none-yet":
    "The source of currents {source} has no forecast yet. Wait for its next run or choose another source.",
  "web-request-invalid": "Node {node} cannot ask a server: {problem}.",
  "web-not-here":
    "Node {node} asks a web server, which only the worker itself does, not site {site}. Give it the pool web.",
  "web-unanswered": "{url} gave no answer (tries: {tries}): {problem}.",
  "web-answer-unexpected": "{url} answered {status}; expected was {expected}. {said}",
  "web-answer-too-large": "{url} answered with more than {limitBytes} bytes. Raise mostBytes, or ask for less.",
  "web-field-missing": "The answer of {url} has nothing at {pointer}, where {field} was expected.",
  "web-answer-no-json": "The answer of {url} is no JSON, so no field can be taken from it.",
  "web-outcome-unknown":
    "Whether {url} did what it was asked for is unknown: {problem}. It is not asked twice; look there before you try again.",
  "socket-message-too-large":
    "{url} sent a message of more than {limitBytes} bytes, the most that one may have. Ask for smaller messages.",
  "socket-silent": "Within {seconds} s {url} did not send what was waited for ({heard} messages came).",
};
