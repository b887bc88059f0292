import { isNereusError } from "@/lib/errors";
import { type StatusReport, statusReportSchema } from "@/lib/farms/status-report";
import type { ServiceContext } from "@/server/services/context";
import { getProduct } from "@/server/services/products/get-product";

/** What a mussel run said of its farms; times are ISO 8601 UTC. */
export type FarmStatusView = { readonly runId: string; readonly publishedAt: string; readonly report: StatusReport };

/** The newest predicted status that the actor may see, of one run or of any; null when there is none yet. */
export async function readStatus(
  ctx: Pick<ServiceContext, "db" | "actor">,
  run = "latest",
): Promise<FarmStatusView | null> {
  try {
    const { coverage, runId, publishedAt } = await getProduct(ctx, { productId: "mussel", run });
    const parsed = statusReportSchema.safeParse(coverage.summary?.report);
    return parsed.success ? { runId, publishedAt, report: parsed.data } : null;
  } catch (error) {
    if (isNereusError(error, "product-unknown")) return null;
    throw error;
  }
}
