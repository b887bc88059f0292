import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { readViewer, type Viewer } from "@/server/services/accounts/read-viewer";

/**
 * The person who is signed in, for pages that need one: others go to the sign-in page and come back, and one with a
 * one-time password replaces it first.
 * @param path  where to come back to
 */
export async function requireViewer(path: string): Promise<Viewer> {
  const viewer = await readViewer(await headers());
  if (viewer === null) redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  if (viewer.mustChangePassword) redirect(`/account/password?next=${encodeURIComponent(path)}`);
  return viewer;
}
