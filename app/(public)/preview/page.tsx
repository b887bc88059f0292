import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireVerb } from "@/app/_shell/require-verb";
import { PageHead } from "@/app/_ui/page-head";
import { PreviewScreen } from "@/app/(public)/preview/preview-screen.client";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("preview"))("title") };
}

/** What a file is and holds, and a map of any of its variables: of a file that is sent, or at a public address. */
export default async function PreviewPage() {
  await requireVerb("/preview", "preview files");
  const t = await getTranslations("preview");
  return (
    <div className="min-h-full bg-surface">
      <PageHead title={t("title")} aside={t("aside")} />
      <PreviewScreen />
    </div>
  );
}
