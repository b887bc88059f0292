import { pino } from "pino";
import { loadConfig } from "@/server/config";
import { startWorker } from "@/server/worker/start-worker";
import { files } from "@/test/bench/engine/fan";
import { journalSite } from "@/test/bench/engine/journal-site";

/** A worker whose only place is the journal of argv[2], where the task `split` makes argv[3] files; made to be killed. */
const [, , journalPath = "", width = "0"] = process.argv;
const body = ({ scratch }: { readonly scratch: string }) => (scratch.includes("/split/") ? files(Number(width)) : []);
const log = pino({ level: "fatal" }, pino.destination(2));
await startWorker(await loadConfig(), { log, sites: [journalSite({ journalPath, slots: 200, body })] });
