import type { PipeCall } from "@/lib/expression/expression";
import { invalidExpression } from "@/lib/expression/invalid-expression";
import type { RawPipe } from "@/lib/expression/parse-pipe";
import { pipes } from "@/lib/expression/pipes";
import { nearestName } from "@/lib/nearest-name";

/**
 * The pipe that a name stands for, with as many arguments as it takes.
 * @throws {NereusError} expression-invalid: unknown-pipe, pipe-arity
 */
export function resolvePipe(source: string, { name, args, start }: RawPipe): PipeCall {
  const pipe = pipes.get(name);
  if (pipe === undefined) {
    const near = nearestName(name.slice(0, longestName), [...pipes.keys()]);
    const hint = near === null ? `Known: ${[...pipes.keys()].join(", ")}.` : `Did you mean “${near}”?`;
    const problem = `there is no pipe “${name.slice(0, longestName)}”. ${hint}`;
    throw invalidExpression(source, start, { reason: "unknown-pipe", problem });
  }
  const [least, most] = pipe.arity;
  if (args.length < least || args.length > most) {
    const taken = least === most ? `${least}` : `${least} to ${most}`;
    const problem = `the pipe “${name}” was given ${args.length} arguments and takes ${taken}.`;
    throw invalidExpression(source, start, { reason: "pipe-arity", problem });
  }
  return { apply: pipe.apply, args };
}

/** A name of any length may stand in an expression; comparing it with others takes its length squared. */
const longestName = 30;
