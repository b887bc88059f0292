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

/** What `drizzle/functions/claim.sql` gives: a list for each column, all of one length; nothing when nothing was taken. */
export type ClaimColumns = { readonly id?: undefined | null } | TakenColumns;

type TakenColumns = { readonly [Name in keyof TakenRow]: readonly TakenRow[Name][] } & {
  /** What made the inputs, by attempt. */
  readonly makers: Readonly<Record<AttemptId, Maker>> | null;
};

/** The tasks of a claim, one by one. */
export function readClaimed(columns: ClaimColumns): readonly ClaimedTask[] {
  return columns.id ? columns.id.map((_, n) => taskOf(rowAt(columns, n), columns.makers ?? {})) : [];
}

/** Written out, name by name: a wide fan has tens of thousands, and a row put together in a loop costs ten times as much. */
function rowAt(columns: TakenColumns, n: number): TakenRow {
  return {
    id: columns.id[n],
    runId: columns.runId[n],
    nodeId: columns.nodeId[n],
    key: columns.key[n],
    position: columns.position[n],
    originId: columns.originId[n],
    number: columns.number[n],
    generation: columns.generation[n],
    attemptId: columns.attemptId[n],
    token: columns.token[n],
    scratch: columns.scratch[n],
    inputId: columns.inputId[n],
    maker: columns.maker[n],
    path: columns.path[n],
    fileKey: columns.fileKey[n],
    fileOrigin: columns.fileOrigin[n],
    sizeBytes: columns.sizeBytes[n],
    mimeType: columns.mimeType[n],
    metadata: columns.metadata[n],
  } as TakenRow;
}

function taskOf(row: TakenRow, makers: Readonly<Record<AttemptId, Maker>>): ClaimedTask {
  const { id, runId, nodeId, key, inputId } = row;
  const maker = row.maker === null ? undefined : makers[row.maker];
  return {
    task: { id, runId, nodeId, key, position: row.position, inputArtifactId: inputId, originId: row.originId },
    attempt: {
      id: row.attemptId,
      runId,
      taskId: id,
      nodeId,
      taskKey: key,
      number: row.number,
      generation: row.generation,
      token: row.token,
      scratch: row.scratch,
      jobId: null,
    },
    input: inputId === null || maker === undefined ? null : inputOf(inputId, row, maker),
  };
}

const inputOf = (id: ArtifactId, row: TakenRow, maker: Maker): PlacedArtifact => ({
  id,
  nodeId: maker.nodeId,
  taskId: maker.taskId,
  path: row.path,
  key: row.fileKey,
  originId: row.fileOrigin,
  sizeBytes: row.sizeBytes,
  mimeType: row.mimeType,
  metadata: row.metadata,
  taskKey: maker.taskKey,
  scratch: maker.scratch,
});

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
