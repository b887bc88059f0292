import { expect, test } from "vitest";
import { command, ref } from "@/lib/pipeline/define-pipeline";
import { aHost } from "@/test/fixtures/a-host";
import { aPipeline } from "@/test/fixtures/a-pipeline";

test("filters and conditions choose the branch, and both branches join again", async () => {
  await using host = await aHost();
  await host.startWorker();
  const hours = (filter: Parameters<typeof ref>[1] = {}) => ({ hour: ref("workflow:///measure/*.nc", filter) });
  const isBig = { rules: [{ field: "file_size", operator: "gt", value: 100 }] } as const;
  const { runId } = await host.request(
    aPipeline([
      command("measure", { command: "echo low > small.nc; head -c 5000 /dev/zero > big.nc" }),
      command("each-big", {
        fan: "single",
        inputs: hours({ filter: isBig }),
        command: 'basename "$NEREUS_IN_HOUR" > name',
      }),
      command("alarm", { inputs: hours(), when: "{measure.file_name | join | match(big)}", command: "echo > alarm" }),
      command("note", { inputs: hours(), when: "{measure.file_name | join | match(huge)}", command: "echo > note" }),
      command("never", { when: "{input.force | required}", command: "false" }),
      command("join", { after: ["each-big", "alarm", "note", "never"], command: "true" }),
    ]),
  );
  const view = await host.ended(runId);
  expect(view.reason).toBeNull();
  expect(Object.fromEntries(view.nodes.map(({ id, state, tasksTotal }) => [id, `${state} ${tasksTotal}`]))).toEqual({
    measure: "completed 1",
    "each-big": "completed 1",
    alarm: "completed 1",
    note: "filtered 0",
    never: "filtered 0",
    join: "completed 1",
  });
  expect(view.nodes.find(({ id }) => id === "note")?.reason).toBe("its condition does not hold");
});
