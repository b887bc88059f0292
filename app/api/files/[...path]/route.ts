import { answerProductFile } from "@/app/api/_product-file/answer-product-file";

type Context = { params: Promise<{ path: string[] }> };

/** `/api/files/<product>/<runId>-g<generation>|latest/<path>`: NetCDF, GeoTIFF and other whole files, to keep. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const [productId = "", run = "", ...path] = (await params).path;
  return await answerProductFile(request, { productId, run, path: path.join("/"), downloadName: nameOf(path) });
}
export const HEAD = GET;

/** The file's own name without what a header or a disk could misread. */
const nameOf = (path: readonly string[]): string => (path.at(-1) ?? "file").replace(/[^\w.-]/g, "_");
