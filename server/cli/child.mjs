// Runs a long-living entry point as a child of `npm start`, and ends it when the parent is gone: after a kill -9 of the
// parent no web server and no worker stays behind.
import { pathToFileURL } from "node:url";

process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
const [entry] = process.argv.splice(2, 1);
process.argv[1] = entry;
await import(pathToFileURL(entry).href);
