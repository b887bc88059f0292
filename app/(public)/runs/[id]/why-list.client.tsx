"use client";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useMessages, useTranslations } from "next-intl";
import { toldError, useTRPC } from "@/app/_api/trpc.client";
import { StateChip } from "@/app/_ui/state-chip";
import type { RunView } from "@/lib/dag/run-view";
import { isTerminalRun } from "@/lib/dag/state";
import { sayWhy } from "@/lib/messages/say-why";

const againMs = 3000;

/** What the run, a step and its tasks wait for, or where they are at work. */
export function WhyList({ run, nodeId }: { run: RunView; nodeId: string }) {
  const t = useTranslations("operate");
  const locale = useLocale();
  const messages = useMessages();
  const trpc = useTRPC();
  const { data, error } = useQuery({
    ...trpc.runs.why.queryOptions({ runId: run.id, node: nodeId }),
    ...{ staleTime: 0, refetchInterval: isTerminalRun(run.state) ? false : againMs },
  });
  if (error) return <p className="px-4 py-4 text-bad-text text-sm">{toldError(error)?.sentence}</p>;
  if (data === undefined) return <p className="px-4 py-4 text-ink-3 text-sm">…</p>;
  if (data.length === 0) return <p className="px-4 py-4 text-ink-2 text-sm">{t("nothing")}</p>;
  return (
    <ul className="grid max-h-[480px] gap-3 overflow-y-auto px-4 py-3 text-sm">
      {data.map(({ node, state, tasks, reasons }) => (
        <li key={`${node}-${state}-${tasks?.names.join()}`} className="grid gap-1">
          <span className="flex flex-wrap items-center gap-2">
            <StateChip state={state} />
            <span className="code min-w-0 break-all">
              {tasks === null ? (node ?? run.id) : t("whyTasks", { count: tasks.count, names: tasks.names.join(", ") })}
            </span>
          </span>
          {reasons.map((reason) => {
            const said = sayWhy(reason, { locale, messages, localTimes: true });
            return (
              <span key={said} className="break-words text-ink-2">
                {said}
              </span>
            );
          })}
        </li>
      ))}
    </ul>
  );
}
