import type { EventView } from "@/lib/dag/run-view";

/** A comment this often keeps proxies from closing a quiet stream. */
const beatSeconds = 15;

/** Headers of a stream that nobody may compress, hold back or keep. */
export const eventStreamHeaders = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
};

/**
 * Server-sent events out of followed events. Each carries its id, so that a browser which reconnects says where it was.
 * @param stop  ends the following when the reader goes away
 */
export function eventStream(events: AsyncIterable<EventView>, stop: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let beat: ReturnType<typeof setInterval> | undefined;
  const iterator = events[Symbol.asyncIterator]();
  return new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode(": hello\nretry: 1000\n\n"));
      beat = setInterval(() => controller.enqueue(encoder.encode(": beat\n\n")), beatSeconds * 1000);
    },
    async pull(controller) {
      try {
        const next = await iterator.next();
        if (!next.done) return controller.enqueue(encoder.encode(frame(next.value)));
        clearInterval(beat);
        controller.close();
      } catch (error) {
        clearInterval(beat);
        controller.error(error);
      }
    },
    cancel() {
      clearInterval(beat);
      stop();
    },
  });
}

function frame(event: EventView): string {
  return `id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** Where a reader left off: what its browser says after a broken connection, else what the page asked for. */
export function resumeAfter(lastEventId: string | null, asked: string | null): number {
  for (const text of [lastEventId, asked]) {
    if (text !== null && /^\d{1,15}$/.test(text)) return Number(text);
  }
  return 0;
}
