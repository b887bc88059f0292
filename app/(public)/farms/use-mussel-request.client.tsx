"use client";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { toldError, useTRPC } from "@/app/_api/trpc.client";
import type { DeskProps } from "@/app/(public)/farms/desk-props";
import { firstRequest, type TypedRun } from "@/app/(public)/farms/first-request";
import type { FarmArea } from "@/lib/farms/farm-area";
import type { ApiError } from "@/server/api/map-error";

type Problems = Partial<Record<keyof TypedRun, string>>;

const places: Partial<Record<ApiError["code"], keyof TypedRun>> = {
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
  const [typed, setTyped] = useState<TypedRun>(() => firstRequest(sources, nowUtc));
  const [own, setOwn] = useState<Problems>({});
  const sent = useRef({ text: "", key: "" });
  const request = useMutation(
    trpc.runs.request.mutationOptions({ onSuccess: ({ runId }) => router.push(`/runs/${runId}`) }),
  );
  const told = toldError(request.error);
  const place = told === null ? undefined : placeOf(told);
  const set = (change: Partial<TypedRun>) => {
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

function placeOf({ code, fields }: ApiError): keyof TypedRun | undefined {
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
