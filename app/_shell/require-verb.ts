import { notFound } from "next/navigation";
import { requireViewer } from "@/app/_shell/require-viewer";
import type { Verb } from "@/lib/verbs";
import type { Viewer } from "@/server/services/accounts/read-viewer";
import { may } from "@/server/services/permissions";

/** The signed-in person if the permission table lets them; a page that is not for them is not there. */
export async function requireVerb(path: string, verb: Verb): Promise<Viewer> {
  const viewer = await requireViewer(path);
  const { userId, role } = viewer;
  if (!may({ kind: "user", userId, role, organisationId: null }, verb)) notFound();
  return viewer;
}
