import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { z } from "zod";
import { NereusError } from "@/lib/errors";
import type { Locale } from "@/lib/messages/messages";
import { type ConfigFile, configFileSchema, type MetSourceConfig, webAddress } from "@/server/config-schema";
import { type ResolvedSite, resolveSite } from "@/server/site-schema";

/** All that this installation can be told; paths are absolute. */
export type Config = {
  /** Folder of the sources and of what is built from them. */
  checkoutPath: string;
  /** NEREUS_HOME: everything mutable lies below it. */
  homePath: string;
  /** DATABASE_URL, or null for the embedded database. */
  databaseUrl: string | null;
  host: string;
  port: number;
  /** Origin that people type: `https://meteo.example.org`. */
  address: string;
  trustedProxies: readonly string[];
  locale: Locale;
  storePath: string;
  scratchPath: string;
  cachePath: string;
  logPath: string;
  /** Folder of the bundled programs. */
  programsPath: string;
  metSources: Record<string, MetSourceConfig>;
  defaultMetSource: string;
  /** Sources of currents; the first is used where none is named. */
  seaSources: Record<string, MetSourceConfig>;
  limits: { hours: number; particles: number };
  slots: { compute: number; light: number };
  /** Names of variables that commands may be given; their values stay in the environment. */
  secrets: readonly string[];
  /** Folders that sensors may watch, and hosts that they may ask although their address is private. */
  waits: { roots: readonly string[]; privateHosts: readonly string[] };
  containers: ConfigFile["containers"];
  /** Places beside this machine where work runs. */
  sites: Readonly<Record<string, ResolvedSite>>;
  retention: ConfigFile["retention"];
  sizeLimitsGb: ConfigFile["sizeLimitsGb"];
};
export type { MetSourceConfig };

/** The checkout: this file lies one folder below it, as source and as bundle. */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** A parent process that has read the configuration hands it on whole, so that no child reads another one. */
const HANDED_ON = "NEREUS_RESOLVED_CONFIG";

/**
 * Reads the environment and `nereus.config.ts` (absent = all defaults). The environment wins.
 * @throws {NereusError} `config-invalid` with the file, the key and what was expected
 */
export async function loadConfig(): Promise<Config> {
  const handedOn = process.env[HANDED_ON];
  if (handedOn !== undefined) return readHandedOn(handedOn);
  return resolveConfig(await readConfigFile(join(root, "nereus.config.ts")), process.env);
}

/** Environment for a child process that works with this configuration and this database. */
export function childEnvironment(config: Config, databaseUrl: string): NodeJS.ProcessEnv {
  return { ...process.env, [HANDED_ON]: JSON.stringify({ ...config, databaseUrl }), NEXT_TELEMETRY_DISABLED: "1" };
}

/** The value of a secret that the configuration names; null for any other variable, and for one that is not set. */
export function readSecret({ secrets }: Pick<Config, "secrets">, name: string): string | null {
  return secrets.includes(name) ? (process.env[name] ?? null) : null;
}

/** Joins what the file says with the environment. */
export function resolveConfig(file: ConfigFile, env: Readonly<Record<string, string | undefined>>): Config {
  const homePath = resolve(root, env.NEREUS_HOME || ".nereus");
  const below = (name: string) => join(homePath, name);
  const { slots, metSources } = file;
  const host = env.NEREUS_HOST || file.host;
  const port = env.NEREUS_PORT ? parsePort(env.NEREUS_PORT) : file.port;
  return {
    checkoutPath: root,
    homePath,
    databaseUrl: env.DATABASE_URL || null,
    host,
    port,
    address: (env.NEREUS_ADDRESS ? parseAddress(env.NEREUS_ADDRESS) : file.address) ?? `http://${host}:${port}`,
    trustedProxies: file.trustedProxies,
    locale: file.locale,
    storePath: below("store"),
    scratchPath: below("scratch"),
    cachePath: below("cache"),
    logPath: below("log"),
    programsPath: join(root, "dist", "programs"),
    metSources,
    defaultMetSource: file.defaultMetSource ?? Object.keys(metSources)[0] ?? "",
    seaSources: file.seaSources,
    limits: file.limits,
    slots: { compute: slots.compute ?? Math.max(1, availableParallelism() - 1), light: slots.light },
    secrets: file.secrets,
    containers: file.containers,
    waits: { roots: file.waits.roots ?? [below("incoming")], privateHosts: file.waits.privateHosts },
    sites: Object.fromEntries(Object.entries(file.sites).map(([name, site]) => [name, resolveSite(site, env)])),
    retention: file.retention,
    sizeLimitsGb: file.sizeLimitsGb,
  };
}

/**
 * What a configuration file says, with defaults filled in. It is TypeScript, so it is bundled before it is loaded:
 * Node 20 cannot import it.
 */
export async function readConfigFile(path: string): Promise<ConfigFile> {
  if (!existsSync(path)) return configFileSchema.parse({});
  const parsed = configFileSchema.safeParse(await importTypeScript(path));
  if (parsed.success) return parsed.data;
  throw new NereusError("config-invalid", { file: path, ...describeIssue(parsed.error) }, { cause: parsed.error });
}

async function importTypeScript(path: string): Promise<unknown> {
  try {
    const { build } = await import(/* turbopackIgnore: true */ "esbuild");
    const { outputFiles } = await build({
      entryPoints: [path],
      bundle: true,
      write: false,
      platform: "node",
      format: "esm",
      packages: "external",
      logLevel: "silent",
    });
    const code = outputFiles[0]?.text ?? "";
    const loaded: { default?: unknown } = await import(
      /* turbopackIgnore: true */ `data:text/javascript,${encodeURIComponent(code)}#${pathToFileURL(path).href}`
    );
    return loaded.default;
  } catch (cause) {
    const problem = cause instanceof Error ? (cause.message.split("\n").at(-1) ?? cause.message) : String(cause);
    throw new NereusError("config-invalid", { file: path, key: "the file", problem }, { cause });
  }
}

function describeIssue(error: z.ZodError): { key: string; problem: string } {
  const [issue] = error.issues;
  const key = issue?.path.join(".") || "the file";
  return { key, problem: issue?.message ?? "is not valid" };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  const problem = `“${text}” is not a port; expected a whole number from 1 to 65535`;
  throw new NereusError("config-invalid", { file: "environment", key: "NEREUS_PORT", problem });
}

function parseAddress(text: string): string {
  const parsed = webAddress.safeParse(text);
  if (parsed.success) return parsed.data;
  const problem = `“${text}” is no address; expected one such as https://meteo.example.org`;
  throw new NereusError("config-invalid", { file: "environment", key: "NEREUS_ADDRESS", problem });
}

/** Written by `childEnvironment` of a process of the same version. */
function readHandedOn(text: string): Config {
  return JSON.parse(text);
}
