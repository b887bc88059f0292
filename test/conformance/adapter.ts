// What conformance vectors call; each function only maps their words and limits to ours.
export { applyFilter } from "@/test/conformance/apply-filter";
export { evalExpression } from "@/test/conformance/eval-expression";
export { resolveInputs } from "@/test/conformance/resolve-inputs";
export { simulateRun } from "@/test/conformance/simulate-run";
export { validateExpression } from "@/test/conformance/validate-expression";
export { validateGraph } from "@/test/conformance/validate-graph";
