import { randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { NereusError } from "@/lib/errors";

/** Runs one of our programs contained: a process of its own with limits of time and memory. Its files are in `<scratch>/out`. */
export type RunContained = (request: {
  readonly programsPath: string;
  readonly program: "export-part" | "inspect";
  readonly params: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, string>>;
  readonly scratch: string;
  readonly timeoutSeconds: number;
  readonly cpuSeconds: number;
  readonly heapMb: number;
  readonly dataMb: number;
}) => Promise<string>;

type Work = Omit<Parameters<RunContained>[0], "programsPath" | "scratch">;
type Place = { readonly programsPath: string; readonly scratchPath: string };

/** Programs that the web server runs at once; each takes a core and up to its limit of memory. */
const atOnce = 2;
/** Requests that may wait for one; more are sent away at once rather than late. */
const mostWaiting = 16;

/** What the root of the web server hands in, and who waits; one for all copies of this module in the process. */
const shared = sharedAcrossBundles();

/** The root of the web server says how programs are run: services start no processes. */
export function provideContainment(run: RunContained): void {
  shared.run = run;
}

/**
 * Runs a program for a visitor, in a fresh folder that is removed again, two at a time.
 * @param use  what is done with the folder that holds what the program made, before it goes
 * @throws {NereusError} portal-busy (retryable) when too many wait; command-timed-out, program-failed and what the program
 *   itself reports
 */
export async function containWork<Result>(
  place: Place,
  work: Work,
  use: (outFolder: string) => Promise<Result>,
): Promise<Result> {
  const { run } = shared;
  if (run === undefined) throw new Error("nobody has said how programs are run");
  await takeTurn();
  const scratch = join(place.scratchPath, `web-${randomUUID()}`);
  try {
    await mkdir(scratch, { recursive: true });
    await run({ ...work, programsPath: place.programsPath, scratch });
    return await use(join(scratch, "out"));
  } finally {
    giveTurn();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function takeTurn(): Promise<void> {
  if (shared.running < atOnce) {
    shared.running += 1;
    return;
  }
  if (shared.waiting.length >= mostWaiting)
    throw new NereusError("portal-busy", { waiting: shared.waiting.length }, { retryable: true });
  await new Promise<void>((resolve) => shared.waiting.push(resolve));
}

function giveTurn(): void {
  const next = shared.waiting.shift();
  if (next === undefined) shared.running -= 1;
  else next();
}

type Shared = { run?: RunContained; running: number; readonly waiting: (() => void)[] };

/** The server's start and its routes are bundled apart, and a development server loads modules again. */
function sharedAcrossBundles(): Shared {
  const place: typeof globalThis & { nereusContainment?: Shared } = globalThis;
  place.nereusContainment ??= { running: 0, waiting: [] };
  return place.nereusContainment;
}
