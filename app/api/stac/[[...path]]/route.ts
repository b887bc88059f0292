import { answerError } from "@/server/api/answer-error";
import { originOf } from "@/server/api/origin-of";
import { describeStac } from "@/server/services/open-data/describe-stac";
import { portalContext } from "@/server/services/portal-context";

type Context = { params: Promise<{ path?: string[] }> };

/** `/api/stac[/<product>[/<item>]]`: what is published, as a static STAC 1.0 catalogue. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const { service } = await portalContext(request.headers);
    const segments = (await params).path ?? [];
    const document = await describeStac(service, { segments, origin: originOf(request.headers) });
    const type = segments.length === 2 ? "application/geo+json" : "application/json";
    return Response.json(document, { headers: { "content-type": type, "cache-control": "no-cache" } });
  } catch (error) {
    return answerError(error, request.headers);
  }
}
export const HEAD = GET;
