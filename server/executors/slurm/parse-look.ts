import { parseSentinel } from "@/server/executors/parse-sentinel";
import type { Sentinel } from "@/server/executors/runner";

/** A job as squeue or sacct tells it; only those of ours, by the token in its name. */
export type QueueRow = {
  readonly jobId: string;
  readonly token: string;
  readonly state: string;
  /** Local time there; null where it is not told. */
  readonly submittedAt: string | null;
  readonly reason: string | null;
  /** The queue's own estimate, local time there; null when it makes none. */
  readonly startsAt: string | null;
  /** Where it runs or ran; null while it waits. */
  readonly host: string | null;
};

/** What an attempt's own folder says. */
export type FolderView =
  | { readonly kind: "sentinel"; readonly sentinel: Sentinel }
  | { readonly kind: "claim"; readonly claimedAtSeconds: number; readonly isFresh: boolean; readonly jobId: string }
  | { readonly kind: "nothing" };

export type Look = {
  /** Null when the queue did not answer, with its words in `silence`. */
  readonly queue: readonly QueueRow[] | null;
  readonly silence: string;
  /** In the order that was asked. */
  readonly folders: readonly FolderView[];
};

/** Three beats and a half: the wrapper renews its beat every 30 s. */
const freshSeconds = 105;

/** Reads what the look script printed for these tokens. */
export function parseLook(text: string, tokens: readonly string[]): Look {
  const lines = text.split("\n");
  const tagged = (tag: string) => lines.filter((line) => line.startsWith(`${tag} `)).map((line) => line.slice(2));
  const now = Number(tagged("T")[0] ?? Number.NaN);
  const folders: FolderView[] = tokens.map(() => ({ kind: "nothing" }));
  for (const line of tagged("S")) {
    const index = Number(line.slice(0, line.indexOf(" ")));
    const sentinel = parseSentinel(line.slice(line.indexOf(" ") + 1), tokens[index] ?? "");
    if (sentinel !== null) folders[index] = { kind: "sentinel", sentinel };
  }
  for (const line of tagged("C")) {
    const [index, claimed, beat, jobId = ""] = line.split(" ");
    const claimedAtSeconds = Number(claimed);
    const isFresh = now - Math.max(claimedAtSeconds, Number(beat)) < freshSeconds;
    folders[Number(index)] = { kind: "claim", claimedAtSeconds, isFresh, jobId };
  }
  const [silence] = tagged("F");
  const queue = silence === undefined ? tagged("Q").flatMap(parseQueueRow) : null;
  return { queue, silence: silence ?? "", folders };
}

function parseQueueRow(line: string): readonly QueueRow[] {
  const [jobId = "", state = "", submitted = "", start = "", reason = "", name = "", host = ""] = line.split("|");
  const token = tokenOf(name);
  if (token === null) return [];
  const known = (word: string) => (word === "" || word === "None" || word === "N/A" ? null : word);
  const times = { submittedAt: known(submitted), startsAt: known(start) };
  return [{ jobId, token, state, ...times, reason: known(reason), host: known(host) }];
}

/** Reads `sacct -n -P -X -D -o jobid,jobname,state,nodelist`; a state may carry more words, as in `CANCELLED by 1000`. */
export function parseSacct(text: string): readonly QueueRow[] {
  return text.split("\n").flatMap((line) => {
    const [jobId = "", name = "", state = "", nodes = ""] = line.split("|");
    const token = tokenOf(name);
    if (token === null) return [];
    const host = nodes === "" || nodes === "None assigned" ? null : nodes;
    return [{ jobId, token, state: state.split(" ")[0] ?? "", submittedAt: null, reason: null, startsAt: null, host }];
  });
}

function tokenOf(name: string): string | null {
  return name.startsWith("nereus-") ? name.slice("nereus-".length) : null;
}
