import type { Metadata } from "next";
import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import { requireVerb } from "@/app/_shell/require-verb";
import { UserScreen } from "@/app/(admin)/admin/users/user-screen.client";
import { listUsers } from "@/server/services/accounts/list-users";
import { portalContext } from "@/server/services/portal-context";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("accounts"))("users") };
}

export default async function UsersPage() {
  await requireVerb("/admin/users", "manage accounts");
  const { service } = await portalContext(await headers());
  return <UserScreen initial={await listUsers(service)} />;
}
