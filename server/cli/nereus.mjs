// `npm run -s nereus -- <command>`: installs and bundles when needed, and hands over to the bundled command line.
import { demandNode, ensureInstalled } from "./install-packages.mjs";

demandNode();
ensureInstalled();
const { bundleWhenChanged } = await import("../../tools/bundle.mjs");
await bundleWhenChanged();
const { main } = await import(new URL("../../dist/cli.mjs", import.meta.url).href);
process.exitCode = await main(process.argv.slice(2));
