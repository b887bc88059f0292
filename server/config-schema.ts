import { z } from "zod";
import { locales } from "@/lib/messages/messages";
import { containerSchema, siteSchema } from "@/server/site-schema";

/** Where forecasts that drive a run come from. */
const metSource = z.discriminatedUnion("kind", [
  /** The newest run of one of our own pipelines. */
  z.strictObject({ kind: z.literal("pipeline"), pipeline: z.string().min(1) }),
  /** A folder of WRF files on this machine; an absolute path. */
  z.strictObject({ kind: z.literal("folder"), path: z.string().startsWith("/", "expected an absolute path") }),
  /** One file per hour at an address with {YYYY} {MM} {DD} {HH}; `hours` is how far a forecast reaches. */
  z.strictObject({
    kind: z.literal("template"),
    url: z
      .string()
      .regex(/^https?:\/\/.*\{YYYY\}.*\{HH\}/, "expected an http address with {YYYY}, {MM}, {DD} and {HH}"),
    hours: z.int().min(1).max(240),
  }),
]);
export type MetSourceConfig = z.infer<typeof metSource>;

/** An http or https address without a path. */
export const webAddress = z
  .url({ protocol: /^https?$/, error: "expected an address such as https://meteo.example.org" })
  .transform((text) => new URL(text).origin);

const gigabytes = z.number().positive();

/** What `nereus.config.ts` may say. Every key is optional; the default stands behind it. */
export const configFileSchema = z
  .strictObject({
    /** Address that the web server listens on. Default 127.0.0.1 (this machine only); NEREUS_HOST wins. */
    host: z.string().min(1).default("127.0.0.1"),
    /** Port of the web server. Default 3000; NEREUS_PORT wins. */
    port: z.int().min(1).max(65_535).default(3000),
    /**
     * Address that people type, such as https://meteo.example.org behind a proxy; with https the session cookie is sent
     * over TLS only. Default http://<host>:<port>; NEREUS_ADDRESS wins.
     */
    address: webAddress.optional(),
    /** Addresses or CIDR ranges of the proxies whose X-Forwarded headers are believed. Default: none. */
    trustedProxies: z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])).default([]),
    /** Language of a visitor who chose none and of the command line. Default "en". */
    locale: z.enum(locales).default("en"),
    /** Sources of weather by name. Default: the synthetic forecast of the pipeline demo-weather. */
    metSources: z
      .record(z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, "expected small letters, digits, - and _"), metSource)
      .default({ "demo-weather": { kind: "pipeline", pipeline: "demo-weather" } }),
    /** Sources of currents by name, as for weather; the first is used when a request names none. Default: demo-sea. */
    seaSources: z
      .record(z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, "expected small letters, digits, - and _"), metSource)
      .default({ "demo-sea": { kind: "pipeline", pipeline: "demo-sea" } }),
    /** Name of the source that a request uses when it names none. Default: the first of metSources. */
    defaultMetSource: z.string().optional(),
    /** Greatest values a request may ask for. */
    limits: z
      .strictObject({
        /** Hours simulated by one run. Default 72. */
        hours: z.int().min(1).max(240).default(72),
        /** Particles followed by one run. Default 200,000. */
        particles: z.int().min(100).max(5_000_000).default(200_000),
      })
      .prefault({}),
    /** Tasks that this machine runs at once, by pool. */
    slots: z
      .strictObject({
        /** Models. Default: one less than the cores, at least 1. */
        compute: z.int().min(1).optional(),
        /** Fetching and publishing. Default 2. */
        light: z.int().min(1).default(2),
      })
      .prefault({}),
    /** Names of variables of the worker's environment that commands and web steps may be given. Default: none. */
    secrets: z.array(z.string().regex(/^[A-Z_][A-Z0-9_]*$/, "expected the name of a variable")).default([]),
    /** How far sensors and web steps may look. */
    waits: z
      .strictObject({
        /** Folders of this machine below which files may be watched; absolute paths. Default: `incoming` in NEREUS_HOME. */
        roots: z.array(z.string().startsWith("/", "expected an absolute path")).optional(),
        /** Hosts, or host:port, that may be asked although their address is private. Default: none. */
        privateHosts: z.array(z.string().min(1)).default([]),
      })
      .prefault({}),
    /** Engine for the commands that run in containers on this machine. Default: none. */
    containers: containerSchema.optional(),
    /** Places beside this machine where work runs, by name; see docs/sites.md. Default: none. */
    sites: z
      .record(
        z.string().regex(/^(?!local$)[a-z0-9][a-z0-9_-]{0,62}$/, "expected small letters, digits, - and _"),
        siteSchema,
      )
      .refine(
        (sites) => new Set(Object.values(sites).map(({ scratch }) => scratch)).size === Object.keys(sites).length,
        {
          message: "two sites have the same scratch; give each a folder of its own name",
        },
      )
      .default({}),
    /** How long files and rows are kept once nobody needs them, and how often that is looked at. */
    retention: z
      .strictObject({
        /** Days that files of class `history` stay after the end of their run. Default 15. */
        historyDays: z.number().min(0).default(15),
        /** Days within which a run that did not end whole may be retried: so long its inputs stay. Default 15. */
        retryDays: z.number().min(0).default(15),
        /** Days within which what a cached step has made is taken over by others. Default 15. */
        reuseDays: z.number().min(0).default(15),
        /** Hours that inputs and unfinished files of attempts that did not end well stay. Default 24. */
        scratchHours: z.number().min(0).default(24),
        /** Days that ended runs, their attempts and events stay in the database. Default 365. */
        rowsDays: z.number().min(0).default(365),
        /** Most of what is brought to a site for its jobs, GB at each site. Default 10. */
        cacheGb: gigabytes.default(10),
        /** Minutes between two looks. Default 10. */
        everyMinutes: z.number().min(0.1).default(10),
      })
      .prefault({}),
    /** Sizes above which `nereus doctor` asks for cleaning, in GB, by folder of NEREUS_HOME. */
    sizeLimitsGb: z
      .strictObject({
        /** Database. Default 20. */
        pg: gigabytes.default(20),
        /** Published products. Default 50. */
        store: gigabytes.default(50),
        /** Folders of running and failed work. Default 20. */
        scratch: gigabytes.default(20),
        /** What can be fetched again. Default 10. */
        cache: gigabytes.default(10),
        /** Logs. Default 1. */
        log: gigabytes.default(1),
      })
      .prefault({}),
  })
  .refine(
    ({ defaultMetSource, metSources }) => defaultMetSource === undefined || Object.hasOwn(metSources, defaultMetSource),
    { path: ["defaultMetSource"], message: "is not one of metSources" },
  )
  .refine(({ metSources }) => Object.keys(metSources).length > 0, {
    path: ["metSources"],
    message: "needs at least one source",
  });

/**
 * For `export default { ... } satisfies NereusConfig` in nereus.config.ts.
 * @public
 */
export type NereusConfig = z.input<typeof configFileSchema>;
export type ConfigFile = z.output<typeof configFileSchema>;
