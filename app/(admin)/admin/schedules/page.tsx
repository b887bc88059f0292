import type { Metadata } from "next";
import { headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import { requireVerb } from "@/app/_shell/require-verb";
import { ScheduleScreen } from "@/app/(admin)/admin/schedules/schedule-screen.client";
import { may } from "@/server/services/permissions";
import { listPipelines } from "@/server/services/pipelines/list-pipelines";
import { portalContext } from "@/server/services/portal-context";
import { listSchedules } from "@/server/services/schedules/list-schedules";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin"))("schedules") };
}

export default async function SchedulesPage() {
  await requireVerb("/admin/schedules", "read schedules");
  const locale = await getLocale();
  const { service } = await portalContext(await headers());
  const routine = (await listPipelines(service))
    .filter(({ kind, unrunnable }) => kind === "routinary" && unrunnable.length === 0)
    .map(({ id, title }) => ({ id, title: title[locale] }));
  return (
    <ScheduleScreen
      initial={await listSchedules(service)}
      pipelines={routine}
      mayManage={may(service.actor, "manage schedules")}
    />
  );
}
