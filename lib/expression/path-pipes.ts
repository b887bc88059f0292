import type { Pipe, Pipes } from "@/lib/expression/pipe";
import { baseName, dirName, stemOf, suffixOf } from "@/lib/expression/posix-path";
import { textOf } from "@/lib/expression/text-of";

/** Pipes that take a POSIX path apart. */
export const pathPipes: Pipes = {
  basename: onPath(baseName),
  dirname: onPath(dirName),
  stem: onPath(stemOf),
  ext: onPath(suffixOf),
};

function onPath(part: (path: string) => string): Pipe {
  return { arity: [0, 0], apply: (value) => part(textOf(value)) };
}
