import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { innerPath } from "@/app/_shell/inner-path";
import { Banner } from "@/app/_ui/banner";
import { PasswordForm } from "@/app/(account)/account/password/password-form.client";
import { readViewer } from "@/server/services/accounts/read-viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("accounts"))("passwordTitle") };
}

export default async function PasswordPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const t = await getTranslations("accounts");
  const viewer = await readViewer(await headers());
  if (viewer === null) redirect("/sign-in?next=%2Faccount%2Fpassword");
  return (
    <div className="mx-auto max-w-sm px-4 py-12">
      <h1 className="mb-4 text-xl">{t("passwordTitle")}</h1>
      {viewer.mustChangePassword ? <Banner kind="warn">{t("passwordOnce")}</Banner> : null}
      <PasswordForm email={viewer.email} next={innerPath((await searchParams).next)} />
    </div>
  );
}
