"use client";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { toldError, useTRPC } from "@/app/_api/trpc.client";
import { Button } from "@/app/_ui/button";
import type { DeskProps } from "@/app/(public)/farms/desk-props";
import { FarmForm } from "@/app/(public)/farms/farm-form.client";
import { RunForm } from "@/app/(public)/farms/run-form.client";

/** What a person with an account does here: keep farms, ask for a run. */
export function FarmDesk(props: DeskProps) {
  const t = useTranslations("farms");
  const router = useRouter();
  const trpc = useTRPC();
  const remove = useMutation(trpc.farms.remove.mutationOptions({ onSuccess: () => router.refresh() }));
  const told = toldError(remove.error);
  const bounds = props.sources.find(({ covers }) => covers !== null)?.covers?.bounds ?? null;
  return (
    <div className="grid gap-x-8 border-line border-t lg:grid-cols-2">
      <section aria-labelledby="own-farms" className="px-5 py-4">
        <h2 id="own-farms" className="pb-2 font-bold text-lg">
          {t("own")}
        </h2>
        {props.farms.length === 0 ? <p className="text-ink-2 text-sm">{t("ownNone")}</p> : null}
        <ul className="grid gap-1">
          {props.farms.map(({ id, name, rings, depthM }) => (
            <li key={id} className="flex items-center gap-3 border-line border-b py-1.5 text-sm">
              <span className="min-w-0 flex-1 break-words">
                <span className="font-medium">{name}</span>{" "}
                <span className="text-ink-3">{t("count", { count: rings.flat().length, depth: depthM })}</span>
              </span>
              <Button
                variant="danger"
                aria-label={t("remove", { name })}
                disabled={remove.isPending}
                onClick={() => remove.mutate({ id })}
              >
                {t("removeShort")}
              </Button>
            </li>
          ))}
        </ul>
        {told ? (
          <p role="alert" className="pt-2 text-bad-text text-sm">
            {told.sentence}
          </p>
        ) : null}
        <FarmForm bounds={bounds} />
      </section>
      <RunForm {...props} />
    </div>
  );
}
