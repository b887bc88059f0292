import type { PreviewPlane } from "@/lib/formats/preview/preview-plane";
import { demand } from "@/server/services/permissions";
import { inspectContained } from "@/server/services/previews/describe-preview";
import { findPreviewFolder, type PreviewContext } from "@/server/services/previews/preview-folder";

/**
 * One plane of a variable of a kept file.
 * @throws {NereusError} sign-in-required, not-permitted, preview-unknown, variable-missing, unsupported-feature,
 *   file-too-demanding, portal-busy
 */
export async function readPreviewPlane(
  ctx: Pick<PreviewContext, "actor" | "config" | "now">,
  wanted: { readonly id: string; readonly variable: string; readonly indices: readonly number[] },
): Promise<PreviewPlane> {
  demand(ctx.actor, "preview files");
  const { path, name } = await findPreviewFolder(ctx.config, {
    actor: ctx.actor,
    id: wanted.id,
    nowMs: ctx.now().getTime(),
  });
  const plane = { path, name, variable: wanted.variable, indices: wanted.indices };
  return parsePlane(await inspectContained(ctx, { params: { plane }, name, result: "plane.json" }));
}

/** Written by our own program of the same version. */
function parsePlane(text: string): PreviewPlane {
  return JSON.parse(text);
}
