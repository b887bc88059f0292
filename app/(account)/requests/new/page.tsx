import type { Metadata } from "next";
import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import { firstValue, type QueryValue } from "@/app/_shell/first-value";
import { requireViewer } from "@/app/_shell/require-viewer";
import { SmokeForm } from "@/app/(account)/requests/new/smoke-form.client";
import { firstRequest } from "@/app/(account)/requests/new/typed-request";
import { listMetSources } from "@/server/services/met/list-met-sources";
import { portalContext } from "@/server/services/portal-context";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("requests"))("title") };
}

type Props = { searchParams: Promise<Record<string, QueryValue>> };

export default async function NewRequestPage({ searchParams }: Props) {
  const query = await searchParams;
  const { lat, lon } = { lat: firstValue(query.lat) ?? "", lon: firstValue(query.lon) ?? "" };
  await requireViewer(`/requests/new?${new URLSearchParams({ lat, lon })}`);
  const { service } = await portalContext(await headers());
  const sources = await listMetSources(service);
  const first = firstRequest({ lat, lon, sources, nowUtc: service.now().toISOString() });
  return <SmokeForm sources={sources} first={first} limits={service.config.limits} />;
}
