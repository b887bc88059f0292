import { join } from "node:path";
import type { CliMessages } from "@/lib/messages/en/cli";
import { type Command, type CommandContext, sentence } from "@/server/cli/command-context";
import { openHostDatabase } from "@/server/cli/open-host-database";
import { parseOptions } from "@/server/cli/parse-options";
import { buildPages } from "@/server/cli/start/build-pages";
import { demandHome } from "@/server/cli/start/demand-home";
import { demandPort } from "@/server/cli/start/demand-port";
import { keepDatabase } from "@/server/cli/start/keep-database";
import { requestFirstForecast } from "@/server/cli/start/request-first-forecast";
import { superviseChild } from "@/server/cli/start/supervise-child";
import { waitUntilAnswers } from "@/server/cli/start/wait-until-answers";
import { childEnvironment } from "@/server/config";
import { ensureFirstAdmin } from "@/server/services/accounts/ensure-first-admin";
import type { ServiceContext } from "@/server/services/context";
import { openDatabase } from "@/server/store/database";

type Stop = () => Promise<void>;

/**
 * `npm start`: database, worker, pages and web server, until Ctrl-C; then all of it is stopped, the database last.
 * What can be refused is refused before anything is started.
 */
export const startCommand: Command = async (args, context) => {
  const { values } = parseOptions(args, { dev: { type: "boolean" } });
  const { config, signal } = context;
  const say = sayer(context);
  demandHome(config);
  await demandPort(config.host, config.port);
  const stops: Stop[] = [];
  try {
    const database = await openHostDatabase(config, (step) => say(step));
    stops.push(
      database.stop,
      keepDatabase(database, () => say("database-ended")),
    );
    const env = childEnvironment(config, database.url);
    await prepareInstallation(context, database.url, say);
    signal.throwIfAborted();
    say("start-worker");
    stops.push(startChild(context, { name: "worker", argv: [join(config.checkoutPath, "dist/worker.mjs")], env }));
    if (!values.dev) await buildPages(context, () => say("build"));
    signal.throwIfAborted();
    say("start-web");
    const address = `http://${config.host}:${config.port}/`;
    const argv = values.dev ? developmentServer(context) : [join(config.checkoutPath, ".next/standalone/server.js")];
    const webEnv = { ...env, PORT: String(config.port), HOSTNAME: config.host };
    stops.push(
      startChild(context, { name: "web", argv, env: values.dev ? webEnv : { ...webEnv, NODE_ENV: "production" } }),
    );
    await waitUntilAnswers(address, signal);
    say("address", { address });
    say("stopHint");
    await untilAborted(signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    say("stopping");
    for (const stop of stops.reverse()) await stop();
    say("stopped");
  }
  return 0;
};

/**
 * The first administrator, whose password is printed once, and the first forecast. The run is asked for before the worker
 * starts: a starting worker looks at all that is ready.
 */
async function prepareInstallation(
  { config }: CommandContext,
  databaseUrl: string,
  say: ReturnType<typeof sayer>,
): Promise<void> {
  const open = openDatabase(databaseUrl, { maxConnections: 2 });
  try {
    const admin = await ensureFirstAdmin(open.db);
    if (admin !== null) say("admin", { email: admin.email, password: admin.oneTimePassword });
    const services: ServiceContext = { db: open.db, actor: { kind: "host" }, now: () => new Date(), config };
    const pipeline = await requestFirstForecast(services, config);
    if (pipeline !== null) say("forecast", { pipeline });
  } finally {
    await open.close();
  }
}

function sayer(context: CommandContext) {
  return (key: keyof CliMessages["start"], fields?: Readonly<Record<string, unknown>>) =>
    console.log(sentence(context, "start", { key, fields }));
}

function startChild(
  context: CommandContext,
  child: { name: "worker" | "web"; argv: readonly string[]; env: NodeJS.ProcessEnv },
): Stop {
  const logPath = join(context.config.logPath, `${child.name}.log`);
  const onEnd = ({ how, pauseMs }: { how: string; pauseMs: number }) =>
    sayer(context)("child-ended", { child: child.name, how, log: logPath, seconds: pauseMs / 1000 });
  return superviseChild({ ...child, cwd: context.config.checkoutPath, logPath, onEnd }).stop;
}

function developmentServer({ config }: CommandContext): string[] {
  const next = join(config.checkoutPath, "node_modules/next/dist/bin/next");
  return [next, "dev", "--hostname", config.host, "--port", String(config.port)];
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((done) => signal.addEventListener("abort", () => done(), { once: true }));
}
