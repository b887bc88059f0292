// Starting rule set for the house of DESIGN.md (dependency-cruiser 17; 18 refuses Node 20).
// Copy into the project as .dependency-cruiser.cjs; extend it when a room is added, never weaken it.
const IO = "^(node:)?(fs|fs/promises|net|http|https|dns|tls|child_process|worker_threads|os|process|dgram|cluster)$";
const npm = (names) => `^(${names})($|/)|node_modules/(${names})/`;
const rule = (name, from, to) => ({ name, severity: "error", from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    rule("no-cycles", {}, { circular: true }),
    rule("lib-is-the-ground-floor", { path: "^lib/" }, { path: "^(app|server|pipelines|drizzle)/" }),
    rule(
      "lib-and-pipelines-do-no-io",
      { path: "^(lib|pipelines)/", pathNot: "\\.test\\.ts$" },
      { path: [IO, npm("pg|ssh2|graphile-worker|drizzle-orm|next|react|maplibre-gl|@trpc|h5wasm")] },
    ),
    rule(
      "lib-and-pipelines-use-no-node-module",
      { path: "^(lib|pipelines)/", pathNot: "\\.test\\.ts$" },
      { dependencyTypes: ["core"] },
    ),
    rule(
      "lib-npm-is-a-closed-list",
      { path: "^lib/", pathNot: "\\.test\\.ts$" },
      {
        dependencyTypes: ["npm", "npm-dev", "npm-optional", "npm-peer", "npm-no-pkg", "unknown", "undetermined"],
        pathNot: "node_modules/(zod|croner|luxon|re2js|geotiff|zarrita|fast-png)/",
      },
    ),
    rule(
      "dag-core-imports-nothing-from-npm",
      { path: "^lib/dag/", pathNot: "\\.test\\.ts$" },
      { dependencyTypes: ["npm", "npm-dev", "npm-no-pkg", "core", "unknown", "undetermined"], pathNot: "^lib/" },
    ),
    rule("pipelines-see-only-lib", { path: "^pipelines/" }, { path: "^(app|server|drizzle)/" }),
    rule(
      "a-pipeline-does-not-import-its-neighbour",
      { path: "^pipelines/([^/]+)/" },
      { path: "^pipelines/([^/]+)/", pathNot: "^pipelines/$1/" },
    ),
    rule("server-never-sees-app", { path: "^server/" }, { path: "^app/" }),
    rule("app-enters-by-api-or-services", { path: "^app/" }, { path: "^(server/(?!api/|services/)|drizzle/)" }),
    rule(
      "api-is-thin",
      { path: "^server/api/" },
      { path: "^(server/(store|engine|executors|storage|worker|programs)|drizzle)/" },
    ),
    rule(
      "services-do-not-look-up",
      { path: "^server/services/" },
      { path: "^server/(api|worker|cli|engine|executors|programs)/" },
    ),
    rule(
      "engine-knows-only-the-executor-interface",
      { path: "^server/engine/" },
      { path: "^server/(api|worker|cli|services|programs)/|^server/executors/(?!(runner|connection/connection)\\.ts)" },
    ),
    rule(
      "store-storage-executors-are-leaves",
      { path: "^server/(store|storage|executors)/" },
      { path: "^(server/(api|worker|cli|services|engine|programs)|pipelines)/" },
    ),
    rule(
      "an-executor-does-not-import-its-neighbour",
      { path: "^server/executors/([^/]+)/" },
      { path: "^server/executors/([^/]+)/", pathNot: "^server/executors/($1|connection)/" },
    ),
    rule(
      "programs-stand-alone",
      { path: "^server/programs/" },
      {
        path: "^(app|drizzle|pipelines)/|^server/(api|worker|cli|services|engine|executors|store|storage/staging)/|^server/config\\.ts$",
      },
    ),
    rule(
      "a-program-does-not-import-its-neighbour",
      { path: "^server/programs/([^/]+)/" },
      { path: "^server/programs/([^/]+)/", pathNot: "^server/programs/$1/" },
    ),
    rule(
      "sql-only-in-store",
      { pathNot: "^(server/store|drizzle|test)/|drizzle\\.config\\.ts$" },
      { path: ["^drizzle/", npm("pg|drizzle-orm")] },
    ),
    rule(
      "ssh-and-processes-only-in-executors",
      { pathNot: "^(server/(executors|store/embedded|cli)|test)/" },
      { path: ["^(node:)?child_process$", npm("ssh2")] },
    ),
    rule("queue-library-only-in-worker", { pathNot: "^(server/worker|test)/" }, { path: npm("graphile-worker") }),
    rule("maplibre-only-in-map", { pathNot: "^(app/_map|test)/" }, { path: npm("maplibre-gl") }),
    rule(
      "formats-only-in-formats",
      { pathNot: "^(lib/formats|server/formats|test)/" },
      { path: npm("geotiff|netcdfjs|zarrita|h5wasm") },
    ),
    rule(
      "client-files-import-server-types-only",
      { path: "^app/(_map/|.*\\.client\\.tsx$)" },
      { path: "^server/", dependencyTypesNot: ["type-only"] },
    ),
    rule("drizzle-is-schema-only", { path: "^drizzle/" }, { path: "^(app|server|pipelines)/" }),
    rule(
      "storage-knows-only-the-connection-interface",
      { path: "^server/storage/" },
      { path: "^server/(store|executors/(?!connection/connection\\.ts))" },
    ),
    rule(
      "no-orphans",
      {
        orphan: true,
        pathNot: [
          "\\.d\\.ts$",
          "\\.config\\.(ts|mjs|cjs)$",
          "^app/.*/(page|layout|route|error|loading|not-found)\\.tsx?$",
        ],
      },
      {},
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    // Packages that only have an "exports" field are otherwise not found, and a rule about their path cannot hold.
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default"],
      mainFields: ["module", "main", "types"],
    },
  },
};
