import type { RunId } from "@/lib/ids";
import type { ServiceContext } from "@/server/services/context";
import { may } from "@/server/services/permissions";
import { findRun } from "@/server/store/run";

/** What whoever asks may do to a run: to end it, to try it again as a whole, all that operators do, to decide at gates. */
export type RunRights = {
  readonly cancel: boolean;
  readonly retry: boolean;
  readonly operate: boolean;
  readonly decide: boolean;
};

export async function rightsOfRun({ db, actor }: ServiceContext, runId: RunId): Promise<RunRights> {
  const own = actor.kind === "user" && (await findRun(db, runId))?.requestedBy === actor.userId;
  return {
    cancel: may(actor, own ? "cancel their own run" : "cancel any run"),
    retry: may(actor, own ? "retry their own run" : "operate any run"),
    operate: may(actor, "operate any run"),
    decide: may(actor, "decide at gates"),
  };
}
