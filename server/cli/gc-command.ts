import { pino } from "pino";
import { type Command, type CommandContext, print, sentence } from "@/server/cli/command-context";
import { type HostSession, withHostSession } from "@/server/cli/host-session";
import { parseOptions } from "@/server/cli/parse-options";
import { collectGarbage, previewGarbage } from "@/server/engine/garbage/collect-garbage";
import type { Collector } from "@/server/engine/garbage/collector";
import type { JudgedFile } from "@/server/engine/garbage/judge-run";
import { noteCollection } from "@/server/services/garbage/note-collection";
import { demand } from "@/server/services/permissions";
import { buildCollector } from "@/server/worker/build-collector";
import { buildSites } from "@/server/worker/build-sites";

/** `nereus gc`: removes files that nobody needs, as the worker does every few minutes; `--preview` tells which. */
export const gcCommand: Command = async (args, context) => {
  const { values } = parseOptions(args, { preview: { type: "boolean", default: false } });
  await withHostSession(context, async (session) => {
    demand(session.services.actor, "collect garbage");
    const sites = buildSites(context.config);
    const tools = { db: session.services.db, log: pino({ level: "warn" }, pino.destination(2)), now: () => new Date() };
    const collector = buildCollector(context.config, tools, sites);
    try {
      await (values.preview ? preview(context, collector) : collect(context, session, collector));
    } finally {
      for (const { connection } of sites) await connection.close();
    }
  });
  return 0;
};

async function collect(context: CommandContext, { services }: HostSession, collector: Collector): Promise<void> {
  const { forgotten, ...freed } = await collectGarbage(collector);
  await noteCollection(services, freed);
  const fields = { ...freed, oldRuns: forgotten.runs };
  print(context, { json: { ...freed, forgotten }, text: sentence(context, "garbage", { key: "freed", fields }) });
}

async function preview(context: CommandContext, collector: Collector): Promise<void> {
  const runs = await previewGarbage(collector);
  const all = runs.flatMap(({ run, files }) => files.map((judged) => ({ run: run.id, ...judged })));
  const free = all.filter(({ verdict }) => verdict.holders.length === 0);
  const lines = free.map(({ run, file: { nodeId: node, path, sizeBytes } }) =>
    sentence(context, "garbage", { key: "would", fields: { run, node, path, sizeBytes } }),
  );
  const held = all.length - free.length;
  const fields = { files: free.length, held, total: all.length };
  const sum = sentence(context, "garbage", { key: "would-sum", fields });
  const json = {
    ...{ files: free.length, held, total: all.length },
    bytes: free.reduce((bytes, { file }) => bytes + file.sizeBytes, 0),
    judged: all.map(describe),
  };
  print(context, { json, text: [...lines, sum].join("\n") });
}

/** With its count of references, and when time alone would free it. */
function describe({ run, file, verdict }: JudgedFile & { readonly run: string }) {
  const { nodeId: node, path, sizeBytes } = file;
  const freeAt = verdict.freeAt?.toISOString() ?? null;
  return { run, node, path, sizeBytes, references: verdict.holders.length, holders: verdict.holders, freeAt };
}
