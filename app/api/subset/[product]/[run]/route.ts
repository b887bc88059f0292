import { answerError } from "@/server/api/answer-error";
import { subsetNetcdf } from "@/server/services/open-data/subset-netcdf";
import { parseSubsetRequest } from "@/server/services/open-data/subset-request";
import { portalContext } from "@/server/services/portal-context";

type Context = { params: Promise<{ product: string; run: string }> };

/** `/api/subset/<product>/<run>|latest?bbox=w,s,e,n&time=from/to&variables=a,b`: a part of a product as NetCDF-4. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const { product, run } = await params;
    const { service } = await portalContext(request.headers);
    const cut = parseSubsetRequest(new URL(request.url).searchParams);
    const { name, bytes } = await subsetNetcdf(service, { productId: product, run, cut });
    return new Response(bytes, {
      headers: {
        "content-type": "application/x-netcdf",
        "content-disposition": `attachment; filename="${name.replace(/[^\w.-]/g, "_")}"`,
        "cache-control": "no-cache",
      },
    });
  } catch (error) {
    return answerError(error, request.headers);
  }
}
