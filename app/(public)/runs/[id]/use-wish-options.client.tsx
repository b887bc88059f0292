"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/app/_ui/field";
import type { Ask } from "@/app/(public)/runs/[id]/offered-actions";

/** What the act needs to know beside its target, and the wish that comes of it; null while something is missing. */
export function useWishOptions(ask: Ask) {
  const t = useTranslations("operate");
  const [downstream, setDownstream] = useState(ask.downstream ?? true);
  const [value, setValue] = useState("10");
  const [artifactId, setArtifactId] = useState("");
  const { action, node, tasks } = ask;
  const about = { action, ...(node === undefined ? {} : { node }), ...(tasks === undefined ? {} : { tasks }) };
  switch (action) {
    case "rerun":
      if (node === undefined) return { wish: about, fields: null };
      return {
        wish: { ...about, downstream },
        fields: (
          <label className="flex min-h-8 items-center gap-2.5 text-sm max-md:min-h-11">
            <input
              type="checkbox"
              checked={downstream}
              onChange={(event) => setDownstream(event.target.checked)}
              className="size-4 accent-accent"
            />
            {t("downstream")}
          </label>
        ),
      };
    case "priority": {
      const number = Number(value);
      const isWhole = value.trim() !== "" && Number.isInteger(number);
      return {
        wish: isWhole ? { ...about, value: number } : null,
        fields: (
          <Field
            label={t("value")}
            type="number"
            step={1}
            value={value}
            onChange={(event) => setValue(event.target.value)}
          />
        ),
      };
    }
    case "set-output": {
      const outputs = [{ kind: "artifact" as const, artifactId: artifactId.trim() }];
      return {
        wish: artifactId.trim() === "" ? null : { ...about, outputs },
        fields: (
          <Field
            label={t("artifact")}
            hint={t("artifactHint")}
            value={artifactId}
            onChange={(event) => setArtifactId(event.target.value)}
          />
        ),
      };
    }
    default:
      return { wish: about, fields: null };
  }
}
