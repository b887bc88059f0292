import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { innerPath } from "@/app/_shell/inner-path";
import { SignInForm } from "@/app/(account)/sign-in/sign-in-form.client";
import { readViewer } from "@/server/services/accounts/read-viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("accounts"))("signInTitle") };
}

/** Whoever is signed in goes on, by way of the password page while theirs is a one-time password. */
export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const t = await getTranslations("accounts");
  const next = innerPath((await searchParams).next);
  const viewer = await readViewer(await headers());
  if (viewer) redirect(viewer.mustChangePassword ? `/account/password?next=${encodeURIComponent(next)}` : next);
  return (
    <div className="mx-auto max-w-sm px-4 py-12">
      <h1 className="text-xl">{t("signInTitle")}</h1>
      <p className="mt-1 mb-6 text-ink-2">{t("signInText")}</p>
      <SignInForm />
    </div>
  );
}
