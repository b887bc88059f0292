"use client";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { toldError, useTRPC } from "@/app/_api/trpc.client";
import { type TypedRequest, toRequest } from "@/app/(account)/requests/new/typed-request";
import { smokeInput } from "@/pipelines/smoke/input";
import type { ApiError } from "@/server/api/map-error";

type FieldName = keyof TypedRequest;
export type Problems = Partial<Record<FieldName, string>>;
export type FormPart = { typed: TypedRequest; set: (change: Partial<TypedRequest>) => void; problems: Problems };

const names = ["lat", "lon", "start", "hours", "areaHa", "fuel", "met", "seed", "particles"] as const;
/** At which field a refusal of the server stands. */
const places: Partial<Record<ApiError["code"], FieldName>> = {
  "point-outside-domain": "lat",
  "start-outside-times": "start",
  "met-gap-too-long": "start",
  "duration-too-long": "hours",
  "met-source-unknown": "met",
  "met-none-yet": "met",
  "met-path-not-allowed": "met",
};

/** The typed form, its problems, and one run per request however often it is sent. */
export function useSmokeRequest(first: TypedRequest, limits: { hours: number; particles: number }) {
  const t = useTranslations("requests");
  const router = useRouter();
  const trpc = useTRPC();
  const [typed, setTyped] = useState(first);
  const [own, setOwn] = useState<Problems>({});
  const sent = useRef({ text: "", key: "" });
  const request = useMutation(
    trpc.runs.request.mutationOptions({ onSuccess: ({ runId }) => router.push(`/runs/${runId}`) }),
  );
  const told = toldError(request.error);
  const place = told ? placeOf(told) : null;
  const submit = () => {
    const input = toRequest(typed);
    const wrong = check(input, (name) => t(`fields.${name}`, { limit: limits.hours, particles: limits.particles }));
    setOwn(wrong);
    if (Object.keys(wrong).length > 0 || request.isPending) return;
    const text = JSON.stringify(input);
    if (sent.current.text !== text) sent.current = { text, key: randomKey() };
    request.mutate({ pipelineId: "smoke", input, idempotencyKey: sent.current.key });
  };
  const set = (change: Partial<TypedRequest>) => {
    setTyped((before) => ({ ...before, ...change }));
    setOwn((before) => Object.fromEntries(Object.entries(before).filter(([name]) => !(name in change))));
    request.reset();
  };
  const problems: Problems = told && place ? { ...own, [place]: told.sentence } : own;
  const formProblem = told && !place ? told.sentence : Object.keys(own).length > 0 ? t("fixFields") : null;
  return { typed, set, problems, formProblem, isBusy: request.isPending || request.isSuccess, submit };
}

/** The pipeline's own schema decides; each wrong field gets its sentence. */
function check(input: Record<string, unknown>, sentence: (name: FieldName) => string): Problems {
  const parsed = smokeInput.safeParse(input);
  if (parsed.success) return {};
  const wrong = names.filter((name) => parsed.error.issues.some((issue) => issue.path[0] === name));
  return Object.fromEntries(wrong.map((name) => [name, sentence(name)]));
}

function placeOf(told: ApiError): FieldName | null {
  const named = told.code === "input-invalid" ? names.find((name) => name === told.fields.field) : undefined;
  return named ?? places[told.code] ?? null;
}

/** `crypto.randomUUID` is missing where the page came without TLS. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
