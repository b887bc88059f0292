import { createHash } from "node:crypto";
import { type ContentComponents, contentComponents } from "@/lib/dag/content-key";
import type { ArtifactId } from "@/lib/ids";
import type { ScriptNode } from "@/lib/pipeline/definition";
import type { Engine, Site } from "@/server/engine/engine";
import { inputEnvironment } from "@/server/engine/input-environment";
import { bindingsOf, type ParamFacts, resolveParams } from "@/server/engine/resolve-params";
import { scratchNames } from "@/server/executors/runner";
import { readContents } from "@/server/store/artifact";

/** sha256 of a text, hexadecimal. */
export const sha256Of = (text: string): string => createHash("sha256").update(text).digest("hex");

/**
 * What the result of a task depends on, and the first of its inputs that changed after it was committed. Places of files
 * are told as they are below the task's folder, so that two runs agree.
 */
export async function contentOfTask(
  engine: Engine,
  site: Site,
  of: { readonly node: ScriptNode; readonly facts: ParamFacts },
): Promise<{ readonly components: ContentComponents; readonly changedInput: string | null }> {
  const { node, facts } = of;
  const here = { ...facts, folder: scratchNames.inputs };
  const files = await readInputs(engine, facts);
  const components = contentComponents(
    {
      node,
      programSha256: node.kind === "program" ? await hashProgram(site, node.program) : null,
      params: resolveParams({ ...here, node: { params: bindingsOf(node, facts.run) } }),
      environment: inputEnvironment(facts.planned, here.folder),
      inputs: files,
    },
    sha256Of,
  );
  return { components, changedInput: files.find(({ isChanged }) => isChanged)?.to ?? null };
}

async function hashProgram(site: Site, program: string): Promise<string> {
  const { sha256 } = await site.connection.hash(await site.programs.locate(program));
  return sha256;
}

async function readInputs(engine: Engine, { seen, planned }: ParamFacts) {
  const ids = new Map<string, ArtifactId>(
    [...seen.values()].flat().map(({ scratch, path, id }) => [`${scratch}/${scratchNames.outputs}/${path}`, id]),
  );
  const contents = await readContents(engine.db, [...new Set(ids.values())]);
  return planned.flatMap(({ name, staged }) =>
    staged.map(({ root, path, to }) => {
      const id = ids.get(`${root}/${path}`);
      const content = id === undefined ? undefined : contents.get(id);
      // What is not known is equal to nothing.
      return { name, to, sha256: content?.sha256 ?? "unknown", isChanged: content?.taintedAt !== null };
    }),
  );
}
