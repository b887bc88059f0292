import type { EventView } from "@/lib/dag/run-view";
import { asId, type RunId } from "@/lib/ids";
import type { ServiceContext } from "@/server/services/context";
import { readEvents } from "@/server/store/event";
import { listenToEvents } from "@/server/store/listen";

const pageSize = 500;

/**
 * Events of a run after an id, then new ones as they are committed, in order, none missing, none doubled. Ends when
 * the signal aborts.
 */
export async function* followEvents(
  ctx: ServiceContext,
  from: { readonly runId: string; readonly after: number; readonly signal: AbortSignal },
): AsyncIterable<EventView> {
  const { signal } = from;
  const runId = asId<RunId>(from.runId);
  const bell = ringer(signal);
  // Listening starts before the first look, so that nothing falls between them.
  const stop = await listenToEvents(ctx.db, (changed) => (changed === null || changed === runId ? bell.ring() : null));
  try {
    let after = from.after;
    while (!signal.aborted) {
      const rung = bell.next();
      const page = await readEvents(ctx.db, runId, { after, limit: pageSize });
      for (const event of page) {
        if (signal.aborted) return;
        yield event;
        after = event.id;
      }
      if (page.length < pageSize) await rung;
    }
  } finally {
    stop();
  }
}

/** `next` resolves at the first ring after its call, or when the signal aborts. */
function ringer(signal: AbortSignal): { ring(): void; next(): Promise<void> } {
  let waiting: (() => void)[] = [];
  const ring = () => {
    const called = waiting;
    waiting = [];
    for (const resolve of called) resolve();
  };
  signal.addEventListener("abort", ring, { once: true });
  return {
    ring,
    next: () => new Promise((resolve) => (signal.aborted ? resolve() : waiting.push(resolve))),
  };
}
