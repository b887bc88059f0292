import { cookies } from "next/headers";
import { answerProductFile } from "@/app/api/_product-file/answer-product-file";
import { listingPage } from "@/app/files/listing-page";
import { chooseLocale, localeCookie } from "@/lib/messages/choose-locale";
import { answerError } from "@/server/api/answer-error";
import { browseFiles } from "@/server/services/open-data/browse-files";
import { portalContext } from "@/server/services/portal-context";

type Context = { params: Promise<{ path?: string[] }> };

/**
 * `/files/{product}/{domain}/{history|archive}/YYYY/MM/DD/{product}_{domain}_YYYYMMDDZHHmm.nc[.sha256]` and the folders
 * above, as a page or, for `Accept: application/json`, as a document.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const segments = (await params).path ?? [];
  try {
    const { service } = await portalContext(request.headers);
    const answer = await browseFiles(service, segments);
    if (answer.kind === "file") {
      const found = await answerProductFile(request, {
        ...answer,
        downloadName: segments.at(-1),
        // The same path gives the next run's file once there is one.
        mayChange: true,
      });
      found.headers.set("link", `</api/files/${answer.productId}/${answer.run}/${answer.path}>; rel="canonical"`);
      return found;
    }
    const headers = { "cache-control": "no-cache" };
    if (answer.kind === "checksum")
      return new Response(answer.text, { headers: { ...headers, "content-type": "text/plain; charset=utf-8" } });
    if (request.headers.get("accept")?.includes("application/json")) return Response.json(answer, { headers });
    const chosen = (await cookies()).get(localeCookie)?.value;
    const page = listingPage(answer, chooseLocale(chosen, request.headers.get("accept-language")));
    return new Response(page, { headers: { ...headers, "content-type": "text/html; charset=utf-8" } });
  } catch (error) {
    return answerError(error, request.headers);
  }
}
export const HEAD = GET;
