"use client";
import { useLocale, useTranslations } from "next-intl";
import { StateChip } from "@/app/_ui/state-chip";
import type { AttemptView, TaskView } from "@/lib/dag/run-view";
import { describeReuse } from "@/lib/messages/describe-reuse";
import { formatSize } from "@/lib/messages/format-number";
import { formatDuration, formatInstant } from "@/lib/messages/format-time";
import type { Locale } from "@/lib/messages/messages";

/** Where a task ran or waits, how long, and why it is where it is. */
export function TaskFacts({ task }: { task: TaskView }) {
  const t = useTranslations("runs");
  const locale = useLocale();
  const waited = between(task.readyAt, task.startedAt);
  const ran = between(task.startedAt, task.endedAt);
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 px-4 py-2.5 text-sm">
      <dt className="text-ink-3">{t("task")}</dt>
      <dd className="flex flex-wrap items-center gap-2">
        <span className="code">{task.key || task.nodeId}</span>
        <StateChip state={task.state} />
      </dd>
      {task.reason ? (
        <>
          <dt className="text-ink-3">{t("reason")}</dt>
          <dd>{task.reason}</dd>
        </>
      ) : null}
      {task.reuse ? (
        <>
          <dt className="text-ink-3">{t("reuse")}</dt>
          <dd className="break-words">{describeReuse(task.reuse, locale, (iso) => formatInstant(iso, locale))}</dd>
        </>
      ) : null}
      {task.changedInputs.length > 0 ? (
        <>
          <dt className="text-ink-3">{t("changedInputs")}</dt>
          <dd>{t("changedInputsMean", { paths: task.changedInputs.join(", ") })}</dd>
        </>
      ) : null}
      {waited === null ? null : (
        <>
          <dt className="text-ink-3">{t("waited")}</dt>
          <dd>{formatDuration(waited, locale)}</dd>
        </>
      )}
      {ran === null ? null : (
        <>
          <dt className="text-ink-3">{t("ran")}</dt>
          <dd>{formatDuration(ran, locale)}</dd>
        </>
      )}
      {task.attempts.map((attempt) => (
        <Attempt key={attempt.id} attempt={attempt} locale={locale} />
      ))}
    </dl>
  );
}

function Attempt({ attempt, locale }: { attempt: AttemptView; locale: Locale }) {
  const t = useTranslations("runs");
  const facts = [
    attempt.site,
    attempt.jobId ? t("job", { job: shortJob(attempt.jobId) }) : null,
    attempt.exitCode === null ? null : t("exit", { code: attempt.exitCode }),
    attempt.signal ? t("signal", { signal: attempt.signal }) : null,
    attempt.maxRssBytes === null ? null : t("memory", { size: formatSize(attempt.maxRssBytes, locale) }),
  ];
  return (
    <>
      <dt className="text-ink-3">
        {t("attempt")} {attempt.number}
      </dt>
      <dd className="flex flex-wrap items-center gap-2">
        <StateChip state={attempt.state} />
        <span className="break-words">{facts.filter((fact) => fact !== null).join(", ")}</span>
        {attempt.failure ? <Failure failure={attempt.failure} /> : null}
      </dd>
    </>
  );
}

/** The sentence stands at the task when it is the last; the words behind it open on demand. */
function Failure({ failure }: { failure: NonNullable<AttemptView["failure"]> }) {
  const t = useTranslations("runs");
  return (
    <div className="basis-full">
      <p className="break-words">
        {t(`failures.${failure.class}`)}: {failure.reason}
      </p>
      {failure.detail ? (
        <details>
          <summary className="cursor-pointer text-ink-3">{t("rawWords")}</summary>
          <pre className="code max-h-48 overflow-auto whitespace-pre-wrap break-words">{failure.detail}</pre>
        </details>
      ) : null}
    </div>
  );
}

function between(from: string | null, to: string | null): number | null {
  return from === null || to === null ? null : (Date.parse(to) - Date.parse(from)) / 1000;
}

/** A local job is named by process, its start and the boot; a reader needs the process. */
function shortJob(jobId: string): string {
  return jobId.split(" ")[0] ?? jobId;
}
