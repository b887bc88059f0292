// `npm start`: checks Node, installs the packages, bundles, and hands over. Only node: modules until then.
import { demandNode, ensureInstalled } from "./install-packages.mjs";

demandNode();
ensureInstalled();
const { bundleWhenChanged } = await import("../../tools/bundle.mjs");
await bundleWhenChanged();
const { main } = await import(new URL("../../dist/cli.mjs", import.meta.url).href);
process.exitCode = await main(["start", ...process.argv.slice(2)]);
