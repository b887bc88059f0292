import type { APIRequestContext } from "playwright-core";
import { query } from "@/test/e2e/call-api";
import { until } from "@/test/fixtures/until";

/** Waits until the first forecast of a fresh portal is complete, so that it can drive a smoke run; its run id. */
export function untilForecast(request: APIRequestContext): Promise<string> {
  return until(
    "the first forecast is complete",
    async () => {
      const { data } = await query(request, "runs.list", { limit: 10, pipelineId: "demo-weather", state: "completed" });
      const [first] = Array.isArray(data) ? data : [];
      return typeof first?.id === "string" ? first.id : null;
    },
    240_000,
  );
}
