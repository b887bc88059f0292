"use client";
import { useEffect, useState } from "react";

type LogState = { readonly text: string; readonly hasEnded: boolean; readonly problem: string | null };
type Part = { readonly text: string; readonly nextOffset: number; readonly ended: boolean };

const waitMs = 700;
/** The screen keeps this much; the whole log stays on disk. */
const mostCharacters = 400_000;

/** What an attempt wrote so far, read on every 700 ms until it ends. */
export function useLog(attemptId: string, stream: "stdout" | "stderr"): LogState {
  const [state, setState] = useState<LogState>({ text: "", hasEnded: false, problem: null });
  useEffect(() => {
    const gone = new AbortController();
    void follow({ attemptId, stream, signal: gone.signal }, setState);
    return () => gone.abort();
  }, [attemptId, stream]);
  return state;
}

type From = { attemptId: string; stream: string; signal: AbortSignal };

async function follow({ attemptId, stream, signal }: From, show: (change: (before: LogState) => LogState) => void) {
  let offset = 0;
  while (!signal.aborted) {
    const part = await readPart(`attempt=${encodeURIComponent(attemptId)}&stream=${stream}&offset=${offset}`, signal);
    if (signal.aborted) return;
    if (typeof part === "string") show((before) => ({ ...before, problem: part }));
    else {
      offset = part.nextOffset;
      show(({ text }) => ({ text: (text + part.text).slice(-mostCharacters), hasEnded: part.ended, problem: null }));
      if (part.ended) return;
      if (part.text !== "") continue;
    }
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

/** The next part, or the sentence of what went wrong. */
async function readPart(query: string, signal: AbortSignal): Promise<Part | string> {
  try {
    const response = await fetch(`/api/logs?${query}`, { signal });
    const body: unknown = await response.json();
    if (response.ok && isPart(body)) return body;
    return typeof body === "object" && body !== null && "sentence" in body
      ? String(body.sentence)
      : response.statusText;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function isPart(value: unknown): value is Part {
  return typeof value === "object" && value !== null && "nextOffset" in value && "ended" in value;
}
