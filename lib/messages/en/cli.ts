/** What `npm start` and the command `nereus` say. Fields stand in braces. */
export const cli = {
  start: {
    "copy-binaries": "Copying the database server (60 MB, once)",
    "create-database": "Making the database (once)",
    "start-database": "Starting the database",
    "join-database": "The database is running already; joining it",
    migrate: "Bringing the database up to date",
    "own-database": "Using the PostgreSQL of DATABASE_URL",
    "start-worker": "Starting the worker",
    build: "Building the pages (only after a change; about a minute)",
    "start-web": "Starting the web server",
    forecast: "Asking for a first forecast ({pipeline}); its map appears while it is computed",
    address: "Nereus is ready: {address}",
    admin: "Administrator: {email}, one-time password: {password} (shown once; change it at the first sign-in)",
    stopHint: "Ctrl-C stops everything.",
    stopping: "Stopping ...",
    stopped: "Stopped.",
    "database-ended": "The database ended unexpectedly; it runs again.",
    "child-ended":
      "The {child} ended unexpectedly ({how}); its last words are in {log}. Starting it again in {seconds} s.",
  },
  usage: {
    help: `Usage: npm run -s nereus -- <command> [options]

  run <pipeline> --input key=value ...   start a run; --wait follows it to its end
  run <pipeline> --simulate [--slots <n> | <pool>=<n>] [--duration <node>=<seconds>] [--files <node>=<n>]
                                         when it would be done; nothing is started
  runs [--pipeline <id>] [--state <s>]   the newest runs
  show <run>                             one run with its tasks
  why <run> [--node <n>] [--task <key>]  what a run, a step or a task waits for
  cancel <run> --reason <text>           stop a run
  approve | reject <run> --node <n> [--task <key> ...] --reason <text>
                                         decide what waits at a gate
  hold | release | skip | expire | force <run> [--node <n>] [--task <key> ...] --reason <text>
  rerun <run> [--node <n>] [--task <key> ...] [--downstream] --reason <text>
                                         without --node: what failed; --downstream: and all that came of it
  priority <run> [--node <n>] [--task <key> ...] --value <n> --reason <text>
  set-output <run> --node <n> [--task <key>] [--file [<path>=]<file> ...] [--artifact <id> ...] --reason <text>
                                         each of these: --preview tells what would happen, and changes nothing
  schedule list | add <pipeline> --cron <five fields or R/start/duration> [--time-zone <zone>]
             [--overlap allow|skip|queue|cancel-previous] [--catch-up <n>] [--runahead <n>] [--input key=value]
           | show <id>
           | pause <id> --reason <text> | resume <id> | remove <id>
  sites [list] | sites check <site>      where work runs; check proves one end to end
  inspect <file or address> ...          what a data file is and holds; --values reads every number
  backfill <pipeline> --from <day> --to <day> [--schedule <id>] [--limit <n>] [--reason <text>] [--preview]
                                         run the cycles of a range that have no run yet
  import <file> [--format json|dagonstar] [--as <id>] [--preview]
                                         take a pipeline from a file; runs that there are keep their version
  export <pipeline> [--format json|dagonstar|capio-cl]      print the definition of a pipeline
  dagon-token list | create <label> | revoke <id>
                                         addresses to which DAGonStar scripts report their runs
  pin | unpin <run> [--node <n>] --reason <text>
                                         keep files, or let them go
  gc [--preview]                         remove files that nobody needs; --preview tells which
  doctor                                 what is set up, what is wrong and how to mend it

Options of every command: --json  --lang en|it  --verbose
run: --wait  --require-complete   (exit code 0 completed, 1 failed, 2 wrong usage, 3 partial with --require-complete)`,
    "site-unknown": "There is no site “{site}” in nereus.config.ts. Known: {known}.",
    "command-unknown": "There is no command “{command}”. Try: npm run -s nereus -- help",
    "argument-missing": "{command} needs {argument}. Try: npm run -s nereus -- help",
    "option-invalid": "{problem} Try: npm run -s nereus -- help",
    "input-format": "--input {text} is not of the form key=value.",
    "language-unknown": "There is no language “{language}”. Use one of: {known}.",
  },
  run: {
    queued: "Run {run} of {pipeline} is queued",
    "in-process": "No server is running; working in this process",
    "live-server": "A server is running; it does the work",
    task: "{node}: {state}",
    published: "{product}: {steps} steps published",
    ended: "Run {run}: {state}, {completeness}, {seconds} s",
    simulated: "{pipeline} would be done after {seconds} s, at {at} ({slots}).",
    "simulated-never": "{pipeline} would wait for something that never comes ({slots}).",
    "simulated-like": "Durations and files are those of run {run}.",
    "simulated-unknown":
      "No duration is known of {nodes}: they take no time here. Give it with --duration node=seconds.",
    "simulated-node": "  {node}: {tasks} tasks, {from} s to {to} s",
    "expected-end": "expected end {at}",
    late: "late: it should be done by {deadline}",
    cancelled: "Run {run} is asked to stop.",
    approved: "{node} of run {run} is approved.",
    rejected: "{node} of run {run} is rejected.",
    "input-changed": "{path} changed after it was committed; what this task made of it may be wrong.",
    none: "There is no run yet.",
  },
  schedule: {
    added: "Schedule {id} added; next run {next}.",
    paused: "Schedule {id} is paused.",
    resumed: "Schedule {id} goes on.",
    removed: "Schedule {id} is removed.",
    none: "There is no schedule yet.",
  },
  inspect: {
    file: "{file}: {format}, {sizeBytes} bytes",
    times: "times: {count}, {first} to {last}",
    grid: "grid: {projection}, {nX} x {nY}",
    box: "box: x {west} to {east}, y {south} to {north}",
    records: "records: {count} ({columns})",
    variable: "  {name}: {shape} {dtype}{units}{title}",
    values: "    {min} to {max}, mean {mean}, {missing} missing",
    problem: "problem: {text}",
  },
  sites: {
    connection: "Connection: {host} answers",
    space: "Folder {scratch}: {freeGb} GB free",
    "space-bad": "Folder {scratch}: only {freeGb} GB free; at least {neededGb} GB are needed there.",
    queue: "Queue: {partitions}",
    "queue-bad": "Queue: there is no partition {partition}; mend the site's partition.",
    job: "Job {jobId}: ran on {host}, {seconds} s from submission to result; node {version}",
    "job-bad": "The test job ended with exit code {exitCode} on {host}: {stderr}",
    "node-bad":
      "On {host} “{node}” is no Node 20.19 or newer (it says “{version}”). Give the site its full path, or a module.",
    good: "Site {site} is ready.",
    bad: "Site {site} is not ready; mend what is marked !!",
  },
  cycle: {
    overlap: "waits for the end of {about}, or was left out because of it",
    runahead: "waits: {about} cycles of the pipeline may be live at once",
    backfill: "waits: {about} cycles of its backfill may be live at once",
    paused: "waits: the schedule is paused",
    missed: "left out: no worker ran at its time",
    superseded: "left out: {about} has come meanwhile",
    removed: "left out: its schedule was removed",
    refused: "could not start yet: {about}",
  },
  backfill: {
    preview: "{pipeline}: {toRun} of {count} cycles would run.",
    started: "{pipeline}: {toRun} of {count} cycles will run.",
  },
  import: {
    "would-be-new": "{pipeline}: new, {nodes} nodes, version {version}. Nothing was stored.",
    "would-be-changed": "{pipeline}: another version, {version}, {nodes} nodes. Nothing was stored.",
    "would-be-unchanged": "{pipeline}: the same version, {version}.",
    "is-new": "{pipeline} is imported: {nodes} nodes, version {version}.",
    "is-changed": "{pipeline} has a new version, {version}, {nodes} nodes; runs that there are keep theirs.",
    "is-unchanged": "{pipeline} is at this version already, {version}.",
    unrunnable: "  {node} cannot run here: {why}",
  },
  dagonToken: {
    created:
      "Token {id} ({label}) is made. In the script's dagon.ini, shown only once:\n[dagon_service]\nuse = True\nroute = {route}",
    revoked: "Token {id} is revoked. What it reported stays.",
    none: "There is no token yet.",
  },
  garbage: {
    would: "{run} {node}/{path}: {sizeBytes} bytes",
    "would-sum": "{files} files would be removed; {held} of {total} looked at are still needed or kept.",
    freed: "{files} files of {runs} runs removed, {bytes} bytes of disk freed; {oldRuns} old runs forgotten.",
    pinned: "The files of run {run} are kept until they are let go.",
    unpinned: "The files of run {run} are not kept any more.",
  },
  doctor: {
    freed: "Freed in the last 30 days: {freedGb} GB in {files} files{last}.",
    node: "Node {version}",
    "node-old": "Node {version} is too old; install {needed} or newer.",
    config: "Configuration: {file}",
    "config-default": "Configuration: all defaults (no nereus.config.ts)",
    home: "Home {path}: {freeGb} GB free",
    "home-low": "Home {path}: only {freeGb} GB free; free at least {neededGb} GB or choose another with NEREUS_HOME.",
    folder: "{name}: {sizeGb} of {limitGb} GB",
    "folder-full":
      "{name}: {sizeGb} GB, above its limit of {limitGb} GB; remove old content of {path} or raise sizeLimitsGb.",
    database: "PostgreSQL {version} ({kind})",
    programs: "Programs: {names}",
    "programs-missing": "No program is bundled; run npm run build.",
    "met-source": "Weather source {name} ({kind}): {detail}",
    "met-source-absent": "Weather source {name}: {detail}; mend metSources in nereus.config.ts.",
    "met-folder-missing": "the folder {path} cannot be read",
    "met-pipeline-missing": "there is no pipeline {pipeline}",
    tool: "{tool} is there (used by tests only)",
    "tool-missing": "{tool} is not there; only tests use it (Debian package {package}).",
    leftover: "{path} holds the database of {home}, which no longer exists; remove the folder when it is not needed.",
    good: "All is well.",
    bad: "To mend: {count}.",
  },
};

/** The English dictionary is the shape that every language fills. */
export type CliMessages = { [Area in keyof typeof cli]: { [Key in keyof (typeof cli)[Area]]: string } };
