// What conformance vectors call; each function only maps their words and limits to ours.
export { applyFilter } from "@/test/conformance/apply-filter";
