import { toSlug } from "@/lib/interchange/dagonstar/slug-names";
import { translateCommand } from "@/lib/interchange/dagonstar/translate-command";

/**
 * A command of DAGonStar in the names of the pipeline. A task without one gets a command that fails.
 * @param about.slugs  of the tasks, by name
 * @param about.workflow  name of the task's own workflow, which references may spell out
 */
export function importCommand(
  command: string | null | undefined,
  about: { readonly slugs: ReadonlyMap<string, string>; readonly workflow: string },
): string {
  return translateCommand(command ?? "false", ({ workflow, task }) => {
    if (workflow === "" || workflow === about.workflow) return { workflow: "", task: about.slugs.get(task) ?? task };
    return { workflow: toSlug(workflow), task: toSlug(task) };
  });
}
