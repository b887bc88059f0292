import type { Given } from "@/test/science/given";

/** Where files named by a case lie: beside its folder of cases, or in the folder of data. */
export type CaseFiles = { readonly casePath: (name: string) => string; readonly dataPath: (name: string) => string };

/** Answers one kind of case with the result object that science/README.md describes. */
export type Answer = (given: Given, files: CaseFiles) => unknown;
