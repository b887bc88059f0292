import type { ReactNode } from "react";
import { requireVerb } from "@/app/_shell/require-verb";
import { AdminNav } from "@/app/(admin)/admin/admin-nav.client";
import { may } from "@/server/services/permissions";

/** Frame of the admin screens: their list at the side, above on phones. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const { userId, role } = await requireVerb("/admin/schedules", "read schedules");
  const isAdmin = may({ kind: "user", userId, role, organisationId: null }, "manage accounts");
  return (
    <div className="grid bg-surface md:grid-cols-[208px_minmax(0,1fr)]">
      <AdminNav isAdmin={isAdmin} />
      <div className="min-w-0 md:min-h-[calc(100dvh-var(--shell-top))] md:border-line md:border-l">{children}</div>
    </div>
  );
}
