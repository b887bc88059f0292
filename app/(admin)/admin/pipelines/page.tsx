import type { Metadata } from "next";
import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import { requireVerb } from "@/app/_shell/require-verb";
import { PipelineScreen } from "@/app/(admin)/admin/pipelines/pipeline-screen.client";
import { originOf } from "@/server/api/origin-of";
import { listDagonTokens } from "@/server/services/external/list-dagon-tokens";
import { listPipelines } from "@/server/services/pipelines/list-pipelines";
import { portalContext } from "@/server/services/portal-context";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("pipelines"))("title") };
}

export default async function PipelinesPage() {
  await requireVerb("/admin/pipelines", "import pipelines");
  const asked = await headers();
  const { service } = await portalContext(asked);
  return (
    <PipelineScreen
      pipelines={await listPipelines(service)}
      tokens={await listDagonTokens(service)}
      origin={originOf(asked)}
    />
  );
}
