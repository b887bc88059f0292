// `npm start`: checks Node, installs the packages, bundles, and hands over. Only node: modules until then.
import { demandNode, ensureInstalled } from "./install-packages.mjs";

demandNode();
ensureInstalled();
const { bundleWhenChanged } = await import("../../tools/bundle.mjs");
await bundleWhenChanged();
const { main } = await import(new URL("../../dist/cli.mjs", import.meta.url).href);
endWithNpm();
process.exitCode = await main(["start", ...process.argv.slice(2)]);

/** A signal to npm reaches only the shell between npm and this process, which dies of it: no parent means stop. */
function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, 250);
  watch.unref();
}
