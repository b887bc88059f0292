import { isNereusError } from "@/lib/errors";
import { cliMessages } from "@/lib/messages/cli-messages";
import { type Locale, locales } from "@/lib/messages/messages";
import { renderError } from "@/lib/messages/render-error";
import { renderSentence } from "@/lib/messages/render-sentence";
import { backfillCommand } from "@/server/cli/backfill-command";
import { cancelCommand } from "@/server/cli/cancel-command";
import type { Command } from "@/server/cli/command-context";
import { dagonTokenCommand } from "@/server/cli/dagon-token-command";
import { doctorCommand } from "@/server/cli/doctor-command";
import { exportCommand } from "@/server/cli/export-command";
import { gateCommand } from "@/server/cli/gate-command";
import { gcCommand } from "@/server/cli/gc-command";
import { importCommand } from "@/server/cli/import-command";
import { inspectCommand } from "@/server/cli/inspect-command";
import { operateCommand } from "@/server/cli/operate-command";
import { pinCommand } from "@/server/cli/pin-command";
import { runCommand } from "@/server/cli/run-command";
import { runsCommand } from "@/server/cli/runs-command";
import { scheduleCommand } from "@/server/cli/schedule-command";
import { showCommand } from "@/server/cli/show-command";
import { sitesCommand } from "@/server/cli/sites-command";
import { startCommand } from "@/server/cli/start/start-command";
import { UsageError } from "@/server/cli/usage-error";
import { whyCommand } from "@/server/cli/why-command";
import { loadConfig } from "@/server/config";

const commands: Readonly<Record<string, Command>> = {
  start: startCommand,
  run: runCommand,
  runs: runsCommand,
  show: showCommand,
  why: whyCommand,
  cancel: cancelCommand,
  approve: gateCommand("approved"),
  reject: gateCommand("rejected"),
  hold: operateCommand("hold"),
  release: operateCommand("release"),
  skip: operateCommand("skip"),
  expire: operateCommand("expire"),
  "set-output": operateCommand("set-output"),
  rerun: operateCommand("rerun"),
  force: operateCommand("force"),
  priority: operateCommand("priority"),
  pin: pinCommand("pin"),
  unpin: pinCommand("unpin"),
  gc: gcCommand,
  schedule: scheduleCommand,
  sites: sitesCommand,
  backfill: backfillCommand,
  inspect: inspectCommand,
  "dagon-token": dagonTokenCommand,
  import: importCommand,
  export: exportCommand,
  doctor: doctorCommand,
};

/** The command `nereus`. @returns the exit code */
export async function main(argv: readonly string[]): Promise<number> {
  const asked = { locale: "en" as Locale, json: argv.includes("--json"), verbose: argv.includes("--verbose") };
  try {
    asked.locale = askedLocale(argv) ?? asked.locale;
    const config = await loadConfig();
    asked.locale = askedLocale(argv) ?? config.locale;
    const [name = "help", ...args] = argv;
    if (name === "help" || name === "--help") return showHelp(asked.locale);
    if (!Object.hasOwn(commands, name)) throw new UsageError("command-unknown", { command: name });
    return await runInterruptible(commands[name], args, { config, ...asked });
  } catch (error) {
    return report(error, asked);
  }
}

async function runInterruptible(
  command: Command | undefined,
  args: readonly string[],
  context: Omit<Parameters<Command>[1], "signal">,
): Promise<number> {
  if (command === undefined) return 2;
  const controller = new AbortController();
  const interrupt = () => {
    // Asked twice: leave at once; the children notice that their parent is gone.
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of signals) process.on(name, interrupt);
  try {
    return await command(args, { ...context, signal: controller.signal });
  } finally {
    for (const name of signals) process.removeListener(name, interrupt);
  }
}

function askedLocale(argv: readonly string[]): Locale | undefined {
  const at = argv.findIndex((text) => text === "--lang" || text.startsWith("--lang="));
  if (at < 0) return undefined;
  const language = argv[at]?.startsWith("--lang=") ? argv[at].slice("--lang=".length) : argv[at + 1];
  const locale = locales.find((known) => known === language);
  if (locale === undefined) throw new UsageError("language-unknown", { language, known: locales.join(", ") });
  return locale;
}

function showHelp(locale: Locale): number {
  console.log(cliMessages[locale].usage.help);
  return 0;
}

/** One sentence on stderr; with --json the same as an object on stdout. A stack only when it was asked for. */
function report(error: unknown, asked: { locale: Locale; json: boolean; verbose: boolean }): number {
  const message =
    error instanceof UsageError
      ? renderSentence(cliMessages[asked.locale].usage[error.key], error.fields)
      : describe(error, asked.locale);
  const code = error instanceof UsageError ? "usage" : isNereusError(error) ? error.code : "internal";
  console.error(message);
  if (asked.verbose) console.error(error);
  if (asked.json) console.log(JSON.stringify({ error: { code, message } }));
  return error instanceof UsageError ? 2 : 1;
}

/** The person at this machine may see what an unknown error says. */
function describe(error: unknown, locale: Locale): string {
  if (isNereusError(error) || !(error instanceof Error)) return renderError(error, locale);
  return `${error.message} (--verbose)`;
}
