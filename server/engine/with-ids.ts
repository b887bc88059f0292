import { type ArtifactId, asId } from "@/lib/ids";
import type { Engine } from "@/server/engine/engine";
import { mintId } from "@/server/store/mint-id";
import type { FinishedFile, StepReport } from "@/server/store/step";

/** Finished files with the ids that they get when they are committed. */
export const withIds = (engine: Engine, files: readonly FinishedFile[]): StepReport["files"] =>
  files.map((file) => ({ ...file, id: asId<ArtifactId>(mintId("a", engine.now())) }));
