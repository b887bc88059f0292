import { type Command, print, sentence } from "@/server/cli/command-context";
import { withHostSession } from "@/server/cli/host-session";
import { demandArgument, parseOptions } from "@/server/cli/parse-options";
import { pinFiles } from "@/server/services/pins/pin-files";
import { unpinFiles } from "@/server/services/pins/unpin-files";

/** `nereus pin <run> [--node <n>] --reason <text>` keeps files, `nereus unpin` lets them go. */
export const pinCommand =
  (command: "pin" | "unpin"): Command =>
  async (args, context) => {
    const { values, positionals } = parseOptions(args, { reason: { type: "string" }, node: { type: "string" } });
    const runId = demandArgument(positionals[0], { command, argument: "<run>" });
    const reason = demandArgument(values.reason, { command, argument: "--reason" });
    const wish = { runId, reason, node: values.node };
    await withHostSession(context, ({ services }) =>
      command === "pin" ? pinFiles(services, wish) : unpinFiles(services, wish),
    );
    print(context, {
      json: { runId, node: values.node ?? null, pinned: command === "pin" },
      text: sentence(context, "garbage", { key: command === "pin" ? "pinned" : "unpinned", fields: { run: runId } }),
    });
    return 0;
  };
