import { readFile } from "node:fs/promises";
import { NereusError } from "@/lib/errors";
import { onlyFile } from "@/server/programs/only-file";
import { runProgram } from "@/server/programs/run-program";
import { framesOfFolder } from "@/server/programs/transport/frames-of-folder";
import { inlineInnerLoops } from "@/server/programs/transport/inline-inner-loops";
import { transportJob } from "@/server/programs/transport/job";
import { memberList } from "@/server/programs/transport/member-list";
import { runMembers } from "@/server/programs/transport/run-members";
import { runTransport } from "@/server/programs/transport/run-transport";

inlineInnerLoops();

await runProgram(transportJob, async ({ params, inputs, out }, log) => {
  const { grid } = params.product;
  if (grid.kind !== "latlon")
    throw new NereusError("input-invalid", { field: "product.grid", problem: "a longitude-latitude grid is expected" });
  const run = { params, grid, ...(await framesOfFolder(inputs.met)), out, log };
  if (inputs.group === undefined) await runTransport(run);
  else {
    const group = await readFile(await onlyFile([inputs.group]), "utf8");
    await runMembers({ ...run, members: memberList.parse(JSON.parse(group)) });
  }
});
