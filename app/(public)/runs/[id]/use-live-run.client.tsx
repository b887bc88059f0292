"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTRPC } from "@/app/_api/trpc.client";
import type { RunView } from "@/lib/dag/run-view";
import { isTerminalRun } from "@/lib/dag/state";

/** `live`: events come as they happen; `polling`: the browser looks every 3 s because the stream is broken. */
export type LiveState = "live" | "polling" | "ended";

/**
 * A run as it is now. Events say that something changed and the whole view is read again, at most 4 times a second;
 * so a missed event can never leave the screen wrong.
 */
export function useLiveRun(initial: RunView): { run: RunView; liveState: LiveState } {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [isConnected, setConnected] = useState(false);
  const options = trpc.runs.get.queryOptions({ runId: initial.id });
  const isEnded = (run: RunView | undefined) => run !== undefined && isTerminalRun(run.state);
  const { data: run } = useQuery({
    ...options,
    initialData: initial,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: (query) => (isConnected || isEnded(query.state.data) ? false : 3000),
  });
  const ended = isEnded(run);
  const { queryKey } = options;
  const keyText = JSON.stringify(queryKey);
  useEffect(() => {
    if (ended) return;
    const key = JSON.parse(keyText);
    const source = new EventSource(`/api/events?run=${encodeURIComponent(initial.id)}&after=${initial.lastEventId}`);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const readAgain = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void queryClient.invalidateQueries({ queryKey: key });
      }, 250);
    };
    source.onopen = () => {
      setConnected(true);
      readAgain();
    };
    source.onmessage = readAgain;
    source.onerror = () => setConnected(false);
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [ended, initial.id, initial.lastEventId, keyText, queryClient]);
  return { run, liveState: ended ? "ended" : isConnected ? "live" : "polling" };
}
