/**
 * One forbidden import for every rule of `.dependency-cruiser.cjs`: the file that is planted, and what it holds. Where a
 * rule looks at something else than a single import (a cycle, an orphan), `beside` holds the other files it needs.
 */
export type Plant = { rule: string; path: string; text: string; beside?: Readonly<Record<string, string>> };

const target = "export const value = 1;\n";

export const plants: readonly Plant[] = [
  {
    rule: "no-cycles",
    path: "lib/ring/a.ts",
    text: 'import { b } from "@/lib/ring/b";\nexport const a = b;\n',
    beside: { "lib/ring/b.ts": 'import { a } from "@/lib/ring/a";\nexport const b = () => a;\n' },
  },
  {
    rule: "lib-is-the-ground-floor",
    path: "lib/planted/up.ts",
    text: 'import "@/server/services/planted/target";\n',
    beside: { "server/services/planted/target.ts": target },
  },
  { rule: "lib-and-pipelines-do-no-io", path: "lib/planted/io.ts", text: 'import "pg";\n' },
  { rule: "lib-and-pipelines-use-no-node-module", path: "pipelines/planted/os.ts", text: 'import "node:path";\n' },
  { rule: "lib-npm-is-a-closed-list", path: "lib/planted/list.ts", text: 'import "pino";\n' },
  { rule: "dag-core-imports-nothing-from-npm", path: "lib/dag/npm.ts", text: 'import "zod";\n' },
  {
    rule: "pipelines-see-only-lib",
    path: "pipelines/planted/up.ts",
    text: 'import "@/server/services/planted/target";\n',
  },
  {
    rule: "a-pipeline-does-not-import-its-neighbour",
    path: "pipelines/planted/aside.ts",
    text: 'import "@/pipelines/neighbour/target";\n',
    beside: { "pipelines/neighbour/target.ts": target },
  },
  {
    rule: "server-never-sees-app",
    path: "server/services/planted/app.ts",
    text: 'import "@/app/target";\n',
    beside: { "app/target.ts": target },
  },
  {
    rule: "app-enters-by-api-or-services",
    path: "app/back-door.ts",
    text: 'import "@/server/store/planted/target";\n',
    beside: { "server/store/planted/target.ts": target },
  },
  { rule: "api-is-thin", path: "server/api/planted.ts", text: 'import "@/server/store/planted/target";\n' },
  {
    rule: "services-do-not-look-up",
    path: "server/services/planted/up.ts",
    text: 'import "@/server/engine/planted/target";\n',
    beside: { "server/engine/planted/target.ts": target },
  },
  {
    rule: "engine-knows-only-the-executor-interface",
    path: "server/engine/planted/ssh.ts",
    text: 'import "@/server/executors/planted/target";\n',
    beside: { "server/executors/planted/target.ts": target },
  },
  {
    rule: "store-storage-executors-are-leaves",
    path: "server/store/planted/up.ts",
    text: 'import "@/server/services/planted/target";\n',
  },
  {
    rule: "an-executor-does-not-import-its-neighbour",
    path: "server/executors/other/aside.ts",
    text: 'import "@/server/executors/planted/target";\n',
  },
  {
    rule: "programs-stand-alone",
    path: "server/programs/planted/store.ts",
    text: 'import "@/server/store/planted/target";\n',
  },
  {
    rule: "a-program-does-not-import-its-neighbour",
    path: "server/programs/planted/aside.ts",
    text: 'import "@/server/programs/neighbour/target";\n',
    beside: { "server/programs/neighbour/target.ts": target },
  },
  { rule: "sql-only-in-store", path: "server/services/planted/sql.ts", text: 'import "drizzle-orm";\n' },
  {
    rule: "ssh-and-processes-only-in-executors",
    path: "server/services/planted/process.ts",
    text: 'import "node:child_process";\n',
  },
  { rule: "queue-library-only-in-worker", path: "server/engine/planted/queue.ts", text: 'import "graphile-worker";\n' },
  { rule: "maplibre-only-in-map", path: "app/canvas.ts", text: 'import "maplibre-gl";\n' },
  { rule: "formats-only-in-formats", path: "server/services/planted/hdf5.ts", text: 'import "h5wasm";\n' },
  {
    rule: "client-files-import-server-types-only",
    path: "app/form.client.tsx",
    text: 'import "@/server/services/planted/target";\n',
  },
  { rule: "drizzle-is-schema-only", path: "drizzle/up.ts", text: 'import "@/server/services/planted/target";\n' },
  {
    rule: "storage-knows-only-the-connection-interface",
    path: "server/storage/aside.ts",
    text: 'import "@/server/executors/planted/target";\n',
  },
  { rule: "no-orphans", path: "lib/planted/alone.ts", text: target },
];
