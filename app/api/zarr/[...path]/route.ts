import { answerProductFile } from "@/app/api/_product-file/answer-product-file";

type Context = { params: Promise<{ path: string[] }> };

/** `/api/zarr/<product>/<runId>-g<generation>|latest/<path>`: the store as browsers, xarray and GDAL read it. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const [productId = "", run = "", ...path] = (await params).path;
  return await answerProductFile(request, { productId, run, path: path.join("/") });
}
export const HEAD = GET;
