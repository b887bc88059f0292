"use client";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { toldError, useTRPC } from "@/app/_api/trpc.client";
import { Button } from "@/app/_ui/button";
import { SelectField } from "@/app/_ui/field";
import { formatLocal } from "@/lib/messages/format-time";
import type { SeaSourceView } from "@/server/services/farms/list-sea-sources";

type Props = {
  readonly sources: readonly SeaSourceView[];
  readonly value: string;
  readonly error: string | null;
  readonly onChange: (source: string) => void;
  readonly mayMakeSea: boolean;
  /** One demonstration sea an hour, however often it is asked for. */
  readonly nowUtc: string;
};

/** The currents by the name of their source, and the hours they hold; who may, makes those of the demonstration here. */
export function SeaChoice({ sources, value, error, onChange, mayMakeSea, nowUtc }: Props) {
  const t = useTranslations("farms");
  const locale = useLocale() === "it" ? "it" : "en";
  const router = useRouter();
  const trpc = useTRPC();
  const make = useMutation(
    trpc.runs.request.mutationOptions({ onSuccess: ({ runId }) => router.push(`/runs/${runId}`) }),
  );
  const told = toldError(make.error);
  const covers = sources.find(({ source }) => source === value)?.covers ?? null;
  const hint = covers
    ? t("seaCovers", { first: formatLocal(covers.firstUtc, locale), last: formatLocal(covers.lastUtc, locale) })
    : t("seaNone");
  return (
    <div className="grid gap-2">
      <SelectField
        label={t("sea")}
        value={value}
        hint={hint}
        error={error ?? told?.sentence ?? null}
        onChange={(event) => onChange(event.target.value)}
      >
        {sources.map(({ source }) => (
          <option key={source} value={source}>
            {source}
          </option>
        ))}
      </SelectField>
      {value === "demo-sea" && mayMakeSea ? (
        <div>
          <Button
            disabled={make.isPending}
            onClick={() =>
              make.mutate({ pipelineId: "demo-sea", input: {}, idempotencyKey: `demo-sea-${nowUtc.slice(0, 13)}` })
            }
          >
            {t("makeSea")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
