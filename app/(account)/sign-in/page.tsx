import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { innerPath } from "@/app/_shell/inner-path";
import { SignInForm } from "@/app/(account)/sign-in/sign-in-form.client";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("accounts"))("signInTitle") };
}

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const t = await getTranslations("accounts");
  return (
    <div className="mx-auto max-w-sm px-4 py-12">
      <h1 className="text-xl">{t("signInTitle")}</h1>
      <p className="mt-1 mb-6 text-ink-2">{t("signInText")}</p>
      <SignInForm next={innerPath((await searchParams).next)} />
    </div>
  );
}
