import { z } from "zod";
import { NereusError } from "@/lib/errors";
import { firstProblem, wordIssue } from "@/lib/interchange/first-problem";
import { type JsonPath, jsonPlace } from "@/lib/interchange/json-place";

/** A task of a task map: these fields mean something here, the others are carried along. */
export type DagonTask = Readonly<Record<string, unknown>> & {
  readonly name?: string;
  readonly type?: string;
  readonly command?: string | null;
  readonly nexts?: readonly string[];
  readonly prevs?: readonly string[];
};

/** A DAGonStar workflow as its `as_json` writes it: tasks by name. */
export type DagonTaskMap = Readonly<Record<string, unknown>> & {
  readonly name: string;
  readonly tasks: Readonly<Record<string, DagonTask>>;
};

/** A task with the key and the name that it goes by, and what an export of ours added to it. */
export type NamedTask = {
  readonly key: string;
  readonly name: string;
  readonly task: DagonTask;
  readonly own: unknown;
};

const names = z.array(z.string()).optional();
const task = z.looseObject({
  name: z.string().min(1).optional(),
  type: z.string().optional(),
  command: z.string().nullable().optional(),
  nexts: names,
  prevs: names,
});
const taskMap = z.looseObject({ name: z.string().min(1), tasks: z.record(z.string(), task) });

/**
 * Checks that a document is a task map. The document itself is handed on, so that nothing in it is lost.
 * @throws {NereusError} import-invalid with the place
 * Source: DAGonStar 9661885, `dagon/__init__.py` and `dagon/task.py`, `as_json`.
 */
export function readTaskMap(document: unknown, file: string): DagonTaskMap {
  const problem = firstProblem(taskMap.safeParse(document, { error: wordIssue }));
  if (problem !== null || !isTaskMap(document)) throw wrongPlace(file, problem?.path ?? [], problem?.problem ?? "");
  const seen = new Map<string, string>();
  for (const [key, { name = key }] of Object.entries(document.tasks)) {
    const other = seen.get(name);
    if (other !== undefined)
      throw wrongPlace(
        file,
        ["tasks", key, "name"],
        `tasks.${other} has the name “${name}” already; change one of them.`,
      );
    seen.set(name, key);
  }
  return document;
}

export function wrongPlace(file: string, path: JsonPath, problem: string): NereusError {
  return new NereusError("import-invalid", { file, place: jsonPlace(path), problem });
}

/** The schema has just said so; the parsed copy lacks keys that it cannot copy. */
function isTaskMap(document: unknown): document is DagonTaskMap {
  return typeof document === "object" && document !== null;
}
