"use client";
import { useMutation } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { toldError, useTRPC } from "@/app/_api/trpc.client";
import { Button } from "@/app/_ui/button";
import { Field } from "@/app/_ui/field";
import { LoadingBox } from "@/app/_ui/state-box";
import { parseFarmText } from "@/lib/farms/parse-farm-text";
import type { SeaSourceView } from "@/server/services/farms/list-sea-sources";

const PointPicker = dynamic(() => import("@/app/_map/point-picker.client").then((module) => module.PointPicker), {
  ssr: false,
  loading: () => <LoadingBox label="…" />,
});

const empty = { name: "", depth: "3", shape: "" };

/** A farm typed, pasted, uploaded or clicked corner by corner. */
export function FarmForm({ bounds }: { bounds: NonNullable<SeaSourceView["covers"]>["bounds"] | null }) {
  const t = useTranslations("farms");
  const router = useRouter();
  const trpc = useTRPC();
  const [typed, setTyped] = useState(empty);
  const [problems, setProblems] = useState<Partial<Record<keyof typeof empty, string>>>({});
  const [corner, setCorner] = useState<{ lat: number; lon: number } | null>(null);
  const add = useMutation(
    trpc.farms.add.mutationOptions({
      onSuccess: () => {
        setTyped(empty);
        setCorner(null);
        router.refresh();
      },
    }),
  );
  const told = toldError(add.error);
  const set = (change: Partial<typeof empty>) => {
    setTyped((before) => ({ ...before, ...change }));
    setProblems({});
    add.reset();
  };
  const addCorner = (point: { lat: number; lon: number }) => {
    setCorner(point);
    set({ shape: `${typed.shape.trimEnd()}\n${point.lon.toFixed(5)} ${point.lat.toFixed(5)}`.trimStart() });
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    const geometry = parseFarmText(typed.shape);
    const depthM = Number(typed.depth.replace(",", "."));
    const isDeep = typed.depth.trim() !== "" && depthM >= 0 && depthM <= 60;
    const wrong = {
      ...(typed.name.trim() === "" ? { name: t("nameWrong") } : {}),
      ...(isDeep ? {} : { depth: t("depthWrong") }),
      ...(geometry === null ? { shape: t("shapeWrong") } : {}),
    };
    setProblems(wrong);
    if (geometry === null || Object.keys(wrong).length > 0 || add.isPending) return;
    add.mutate({ name: typed.name, depthM, geometry: { ...geometry } });
  };
  return (
    <form onSubmit={send} noValidate className="grid gap-3 pt-6">
      <h3 className="font-bold text-sm">{t("add")}</h3>
      <div className="grid grid-cols-[minmax(0,1fr)_9rem] gap-3">
        <Field
          label={t("name")}
          value={typed.name}
          error={problems.name}
          onChange={(event) => set({ name: event.target.value })}
        />
        <Field
          label={t("depth")}
          inputMode="decimal"
          unit="m"
          value={typed.depth}
          error={problems.depth}
          onChange={(event) => set({ depth: event.target.value })}
        />
      </div>
      <ShapeField value={typed.shape} error={problems.shape ?? null} onChange={(shape) => set({ shape })} />
      <section aria-label={t("mapLabel")} className="relative h-64 border border-line">
        <PointPicker value={corner} onChange={addCorner} bounds={bounds} />
      </section>
      {told ? (
        <p role="alert" className="text-bad-text text-sm">
          {told.sentence}
        </p>
      ) : null}
      <div className="flex gap-2">
        <Button type="submit" disabled={add.isPending}>
          {t("save")}
        </Button>
        <Button variant="quiet" onClick={() => set({ shape: "" })}>
          {t("clear")}
        </Button>
      </div>
    </form>
  );
}

type ShapeProps = { value: string; error: string | null; onChange: (text: string) => void };

function ShapeField({ value, error, onChange }: ShapeProps) {
  const t = useTranslations("farms");
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium text-ink-2 text-xs">
        {t("shape")}
      </label>
      <textarea
        id={id}
        rows={5}
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={`${id}-note`}
        onChange={(event) => onChange(event.target.value)}
        className={`rounded-2 border bg-surface px-2.5 py-2 font-mono text-sm ${error ? "border-bad" : "border-line-field"}`}
      />
      <p
        id={`${id}-note`}
        role={error ? "alert" : undefined}
        className={`text-xs ${error ? "text-bad-text" : "text-ink-3"}`}
      >
        {error ?? t("shapeHint")}
      </p>
      <label className="font-medium text-ink-2 text-xs">
        <span className="block pb-1">{t("upload")}</span>
        <input
          type="file"
          accept=".geojson,.json,.kml"
          onChange={(event) => void event.target.files?.[0]?.text().then(onChange)}
          className="min-h-6 text-sm"
        />
      </label>
    </div>
  );
}
