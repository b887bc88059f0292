import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { NereusError } from "@/lib/errors";
import type { PipelineDefinition } from "@/lib/pipeline/definition";
import { type ProgramVersions, versionOf } from "@/lib/pipeline/version-of";

/**
 * The version of a pipeline with the programs that are bundled here now.
 * @throws {NereusError} program-not-bundled when one of its programs is not there
 */
export async function currentVersion(definition: PipelineDefinition, programsPath: string): Promise<string> {
  const wanted = definition.nodes.flatMap((node) => (node.kind === "program" ? [node.program] : []));
  const programs = wanted.length === 0 ? {} : await readVersions(programsPath);
  const absent = wanted.find((name) => programs[name] === undefined);
  if (absent !== undefined) throw new NereusError("program-not-bundled", { program: absent, folder: programsPath });
  return versionOf(definition, programs, (text) => createHash("sha256").update(text).digest("hex"));
}

/**
 * Names of the programs that are bundled here.
 * @throws {NereusError} program-not-bundled when there are none
 */
export async function bundledPrograms(programsPath: string): Promise<readonly string[]> {
  return Object.keys(await readVersions(programsPath));
}

const versionsSchema = z.record(z.string(), z.string());

async function readVersions(programsPath: string): Promise<ProgramVersions> {
  try {
    return versionsSchema.parse(JSON.parse(await readFile(join(programsPath, "versions.json"), "utf8")));
  } catch (cause) {
    throw new NereusError("program-not-bundled", { program: "versions.json", folder: programsPath }, { cause });
  }
}
