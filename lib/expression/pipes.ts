import { listPipes } from "@/lib/expression/list-pipes";
import { pathPipes } from "@/lib/expression/path-pipes";
import type { Pipe } from "@/lib/expression/pipe";
import { textPipes } from "@/lib/expression/text-pipes";
import { predicatePipes, valuePipes } from "@/lib/expression/value-pipes";

/**
 * Every pipe of the expression language by its name.
 * Source: conformance/README.md, Expressions.
 */
export const pipes: ReadonlyMap<string, Pipe> = new Map(
  [textPipes, pathPipes, listPipes, valuePipes, predicatePipes].flatMap((some) => Object.entries(some)),
);
