import { z } from "zod";
import { answerError } from "@/server/api/answer-error";
import { portalContext } from "@/server/services/portal-context";
import { readPreviewPlane } from "@/server/services/previews/read-preview-plane";

type Context = { params: Promise<{ id: string }> };

const query = z.object({
  variable: z.string().max(1000),
  indices: z
    .string()
    .regex(/^(\d{1,9}(,\d{1,9})*)?$/)
    .default("")
    .transform((text) => (text === "" ? [] : text.split(",").map(Number))),
});

/** `GET /api/preview/<id>?variable=<name>&indices=0,3`: one plane of a variable of a file that was sent before. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const wanted = query.parse(Object.fromEntries(new URL(request.url).searchParams));
    const { service } = await portalContext(request.headers);
    const plane = await readPreviewPlane(service, { id: (await params).id, ...wanted });
    return Response.json(plane, { headers: { "cache-control": "private, max-age=3600" } });
  } catch (error) {
    return answerError(error, request.headers);
  }
}
