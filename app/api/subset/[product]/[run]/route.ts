import { Readable } from "node:stream";
import { answerError } from "@/server/api/answer-error";
import { lengthHeader } from "@/server/api/keep-length";
import { exportProduct } from "@/server/services/open-data/export-product";
import { parseSubsetRequest } from "@/server/services/open-data/subset-request";
import { portalContext } from "@/server/services/portal-context";

type Context = { params: Promise<{ product: string; run: string }> };

/**
 * `/api/subset/<product>/<run>|latest?bbox=w,s,e,n&time=from/to&variables=a,b&format=netcdf|csv|geojson|kml`: a part of a
 * product as one file. GeoJSON and KML hold contours of one variable at one time, `contours=lines|polygons&levels=a,b`.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const { product, run } = await params;
    const { service } = await portalContext(request.headers);
    const wish = parseSubsetRequest(new URL(request.url).searchParams);
    const { name, contentType, sizeBytes, stream } = await exportProduct(service, { productId: product, run, ...wish });
    return new Response(webStream(stream), {
      headers: {
        "content-type": contentType,
        [lengthHeader]: String(sizeBytes),
        "content-disposition": `attachment; filename="${name}"`,
        "cache-control": "no-cache",
      },
    });
  } catch (error) {
    return answerError(error, request.headers);
  }
}

/** Node declares its web streams apart from the platform's although they are the same objects. */
function webStream(stream: Readable): BodyInit {
  return Readable.toWeb(stream) as unknown as BodyInit;
}
