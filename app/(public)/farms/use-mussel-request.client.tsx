"use client";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { toldError, useTRPC } from "@/app/_api/trpc.client";
import type { DeskProps } from "@/app/(public)/farms/desk-props";
import type { FarmArea } from "@/lib/farms/farm-area";
import type { ApiError } from "@/server/api/map-error";

type Typed = { start: string; hours: string; sea: string; rain: string; outfalls: string };
type Problems = Partial<Record<keyof Typed, string>>;

const places: Partial<Record<ApiError["code"], keyof Typed>> = {
  "start-outside-times": "start",
  "sea-gap-too-long": "start",
  "duration-too-long": "hours",
  "sea-none-yet": "sea",
  "sea-source-unknown": "sea",
  "outfall-invalid": "outfalls",
};
const names = ["start", "hours", "sea", "rain", "outfalls"] as const;

/** The typed form, its problems, and one run per request however often it is sent. */
export function useMusselRequest({ sources, nowUtc, hoursLimit }: Omit<DeskProps, "mayMakeSea">) {
  const t = useTranslations("farms");
  const router = useRouter();
  const trpc = useTRPC();
  const [typed, setTyped] = useState<Typed>(() => firstRequest(sources, nowUtc));
  const [own, setOwn] = useState<Problems>({});
  const sent = useRef({ text: "", key: "" });
  const request = useMutation(
    trpc.runs.request.mutationOptions({ onSuccess: ({ runId }) => router.push(`/runs/${runId}`) }),
  );
  const told = toldError(request.error);
  const place = told === null ? undefined : placeOf(told);
  const set = (change: Partial<Typed>) => {
    setTyped((before) => ({ ...before, ...change }));
    setOwn({});
    request.reset();
  };
  const submit = (farms: readonly FarmArea[]) => {
    const hours = Number(typed.hours);
    const start = Date.parse(`${typed.start}Z`);
    const outfalls = typed.outfalls === "" ? undefined : parseJson(typed.outfalls);
    const wrong: Problems = {
      ...(Number.isNaN(start) ? { start: t("startWrong") } : {}),
      ...(Number.isInteger(hours) && hours >= 1 && hours <= hoursLimit
        ? {}
        : { hours: t("hoursWrong", { limit: hoursLimit }) }),
      ...(outfalls === null ? { outfalls: t("outfallsWrong") } : {}),
    };
    setOwn(wrong);
    if (Object.keys(wrong).length > 0 || request.isPending) return;
    const { sea, rain } = typed;
    const places = farms.length === 0 ? {} : { farms: collectionOf(farms) };
    const input = {
      start: new Date(start).toISOString(),
      hours,
      sea,
      rain,
      ...(outfalls ? { outfalls } : {}),
      ...places,
    };
    const text = JSON.stringify(input);
    if (sent.current.text !== text) sent.current = { text, key: randomKey() };
    request.mutate({ pipelineId: "mussel", input, idempotencyKey: sent.current.key });
  };
  const problems: Problems = told && place ? { ...own, [place]: told.sentence } : own;
  const formProblem = told && !place ? told.sentence : null;
  return { typed, set, problems, formProblem, isBusy: request.isPending || request.isSuccess, submit };
}

/** Today from the first midnight (UTC) that leaves a day of currents before it. */
function firstRequest(sources: DeskProps["sources"], nowUtc: string): Typed {
  const [first] = sources.filter(({ covers }) => covers !== null);
  const covers = first?.covers ?? null;
  const earliest = covers === null ? Date.parse(nowUtc) : Date.parse(covers.firstUtc) + 86_400_000;
  const start = new Date(covers === null ? Math.floor(earliest / 86_400_000) * 86_400_000 : earliest);
  const hours =
    covers === null ? 72 : Math.min(72, Math.floor((Date.parse(covers.lastUtc) - start.valueOf()) / 3_600_000));
  return {
    start: start.toISOString().slice(0, 16),
    hours: String(Math.max(1, hours)),
    sea: first?.source ?? sources[0]?.source ?? "",
    rain: "none",
    outfalls: "",
  };
}

function collectionOf(farms: readonly FarmArea[]) {
  return {
    type: "FeatureCollection",
    features: farms.map(({ id, name, depthM, rings }) => ({
      type: "Feature",
      geometry: { type: "Polygon", coordinates: rings },
      properties: { id, name, depth: depthM },
    })),
  };
}

function placeOf({ code, fields }: ApiError): keyof Typed | undefined {
  return code === "input-invalid" ? names.find((name) => name === fields.field) : places[code];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** `crypto.randomUUID` is missing where the page came without TLS. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
