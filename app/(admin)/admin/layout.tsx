import { headers } from "next/headers";
import type { ReactNode } from "react";
import { AdminNav } from "@/app/(admin)/admin/admin-nav.client";
import { readViewer } from "@/server/services/accounts/read-viewer";
import { may } from "@/server/services/permissions";

/**
 * Frame of the admin screens: their list at the side, above on phones. Each page demands what it needs itself, and sends
 * who is not signed in back to itself: a layout does not know which page it frames.
 */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const viewer = await readViewer(await headers());
  if (viewer === null || viewer.mustChangePassword) return children;
  const { userId, role } = viewer;
  const actor = { kind: "user", userId, role, organisationId: null } as const;
  if (!may(actor, "read schedules")) return children;
  const isAdmin = may(actor, "manage accounts");
  return (
    <div className="grid bg-surface md:grid-cols-[208px_minmax(0,1fr)]">
      <AdminNav isAdmin={isAdmin} />
      <div className="min-w-0 md:min-h-[calc(100dvh-var(--shell-top))] md:border-line md:border-l">{children}</div>
    </div>
  );
}
