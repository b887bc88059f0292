import type { ArtifactId, AttemptId, NodeId, RunId, TaskId } from "@/lib/ids";
import type { PlacedArtifact } from "@/server/store/artifact";
import type { AttemptRef } from "@/server/store/attempt";
import type { TaskRow } from "@/server/store/task";

/** A task that this worker has just taken, with the attempt that it is to start. */
export type ClaimedTask = {
  readonly task: Pick<TaskRow, "id" | "runId" | "nodeId" | "key" | "position" | "inputArtifactId" | "originId">;
  readonly attempt: AttemptRef;
  /** The artifact that a `single` task works on. */
  readonly input: PlacedArtifact | null;
};

/** What `drizzle/functions/claim.sql` gives: a list for each column, all of one length, or none when nothing was taken. */
export type ClaimColumns = { readonly [Name in keyof TakenRow]?: readonly TakenRow[Name][] | null } & {
  /** What made the inputs, by attempt. */
  readonly makers?: Readonly<Record<AttemptId, Maker>> | null;
};

/** The tasks of a claim, one by one. */
export function readClaimed(columns: ClaimColumns): readonly ClaimedTask[] {
  return (columns.id ?? []).map((id, n) => {
    const at = <Name extends keyof TakenRow>(name: Name) => columns[name]?.[n] as TakenRow[Name];
    const task = { id, runId: at("runId"), nodeId: at("nodeId"), key: at("key"), position: at("position") };
    const inputArtifactId = at("inputId");
    const by = at("maker");
    const maker = by === null ? undefined : columns.makers?.[by];
    return {
      task: { ...task, inputArtifactId, originId: at("originId") },
      attempt: {
        ...{ id: at("attemptId"), runId: task.runId, taskId: id, nodeId: task.nodeId, taskKey: task.key },
        ...{
          number: at("number"),
          generation: at("generation"),
          token: at("token"),
          scratch: at("scratch"),
          jobId: null,
        },
      },
      input:
        inputArtifactId === null || maker === undefined
          ? null
          : {
              ...{ id: inputArtifactId, path: at("path"), key: at("fileKey"), originId: at("fileOrigin") },
              ...{ sizeBytes: at("sizeBytes"), mimeType: at("mimeType"), metadata: at("metadata") },
              ...maker,
            },
    };
  });
}

type TakenRow = {
  readonly id: TaskId;
  readonly runId: RunId;
  readonly nodeId: NodeId;
  readonly key: string;
  readonly position: number;
  readonly originId: ArtifactId | null;
  readonly number: number;
  readonly generation: number;
  readonly attemptId: AttemptId;
  readonly token: string;
  readonly scratch: string;
  readonly inputId: ArtifactId | null;
  /** The attempt that made the input; it and what follows are of the input. */
  readonly maker: AttemptId | null;
  readonly path: string;
  readonly fileKey: string;
  readonly fileOrigin: ArtifactId | null;
  readonly sizeBytes: number;
  readonly mimeType: string | null;
  readonly metadata: PlacedArtifact["metadata"];
};

type Maker = Pick<PlacedArtifact, "taskId" | "nodeId" | "taskKey" | "scratch">;
