import type { Locale } from "@/lib/messages/messages";
import type { ServiceContext } from "@/server/services/context";
import { listPipelines } from "@/server/services/pipelines/list-pipelines";

/** Titles of all pipelines in a language, by id; a pipeline that is gone is shown by its id. */
export async function pipelineTitles(
  service: Pick<ServiceContext, "db">,
  locale: Locale,
): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries((await listPipelines(service)).map(({ id, title }) => [id, title[locale]]));
}
