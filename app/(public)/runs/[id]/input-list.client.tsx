"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { RunView } from "@/lib/dag/run-view";

/** What a step reads from other steps, and the input of the whole run. */
export function InputList({ run, nodeId }: { run: RunView; nodeId: string }) {
  const t = useTranslations("runs");
  const edges = run.edges.filter((edge) => edge.to === nodeId);
  const sources = run.sources.filter((source) => source.nodeId === nodeId);
  return (
    <div className="grid max-h-[480px] gap-3 overflow-y-auto px-4 py-3 text-sm">
      {edges.length === 0 ? null : (
        <ul className="grid gap-1">
          {edges.map((edge) => (
            <li key={edge.from}>
              <span className="code">{edge.from}</span>
              {edge.streaming ? <span className="text-run-text"> {t("streams")}</span> : null}
            </li>
          ))}
        </ul>
      )}
      {sources.length === 0 ? null : (
        <ul className="grid gap-1">
          {sources.map(({ input, pipelineId, cycle, runId, isSubstitute }) => (
            <li key={input}>
              {input}:{" "}
              <Link href={`/runs/${runId}`} className="link">
                {pipelineId} {cycle}
              </Link>
              {isSubstitute ? <span className="text-warn-text"> {t("substitute")}</span> : null}
            </li>
          ))}
        </ul>
      )}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        {Object.entries(run.input).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd className="code max-h-40 overflow-y-auto whitespace-pre-wrap break-all text-xs">{inText(value)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function inText(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value, null, 1) : String(value);
}
