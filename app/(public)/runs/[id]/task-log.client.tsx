"use client";
import { useTranslations } from "next-intl";
import { type UIEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Segmented } from "@/app/_ui/segmented.client";
import { useLog } from "@/app/(public)/runs/[id]/use-log.client";
import type { TaskView } from "@/lib/dag/run-view";

/** A box that scrolls must be reachable by keyboard. */
const reachable = { tabIndex: 0 };
type Stream = "stdout" | "stderr";

/** What the newest attempt writes; follows the end until the reader scrolls away from it. */
export function TaskLog({ task, mayReadLogs }: { task: TaskView | undefined; mayReadLogs: boolean }) {
  const t = useTranslations("runs");
  const [stream, setStream] = useState<Stream>("stdout");
  const attempt = task?.attempts.at(-1);
  if (!attempt)
    return <p className="px-4 py-4 text-ink-2 text-sm">{t("noAttempt", { reason: task?.reason ?? t("waitsTurn") })}</p>;
  if (!mayReadLogs) return <p className="px-4 py-4 text-ink-2 text-sm">{t("logSignIn")}</p>;
  return (
    <div className="grid">
      <div className="px-4 py-2">
        <Segmented
          label={t("stream")}
          value={stream}
          onChange={setStream}
          options={[
            { value: "stdout", title: t("stdout") },
            { value: "stderr", title: t("stderr") },
          ]}
        />
      </div>
      <LogText key={`${attempt.id}-${stream}`} attemptId={attempt.id} stream={stream} />
    </div>
  );
}

function LogText({ attemptId, stream }: { attemptId: string; stream: Stream }) {
  const t = useTranslations("runs");
  const { text, hasEnded, problem } = useLog(attemptId, stream);
  const box = useRef<HTMLPreElement>(null);
  const [isFollowing, setFollowing] = useState(true);
  const lines = text.length;
  useEffect(() => {
    if (isFollowing && lines >= 0) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [isFollowing, lines]);
  const watch = ({ currentTarget }: UIEvent<HTMLPreElement>) =>
    setFollowing(currentTarget.scrollHeight - currentTarget.scrollTop - currentTarget.clientHeight < 24);
  return (
    <div className="relative">
      <pre
        ref={box}
        onScroll={watch}
        role="log"
        aria-label={t("log")}
        {...reachable}
        className="code h-[420px] overflow-auto whitespace-pre-wrap break-words px-4 py-2 text-[11.5px] leading-[18px]"
      >
        {text || t("logEmpty")}
      </pre>
      {isFollowing ? null : (
        <div className="absolute right-4 bottom-10">
          <Button onClick={() => setFollowing(true)}>{t("newLines")}</Button>
        </div>
      )}
      <p className="border-line border-t px-4 py-1.5 text-ink-3 text-xs">
        {problem ?? (hasEnded ? t("logEnd") : t("logLive"))}
      </p>
    </div>
  );
}
