import { type Command, print, sentence } from "@/server/cli/command-context";
import { checkFolders } from "@/server/cli/doctor/check-folders";
import { checkGarbage } from "@/server/cli/doctor/check-garbage";
import { checkMachine } from "@/server/cli/doctor/check-machine";
import { checkServices } from "@/server/cli/doctor/check-services";
import { withHostSession } from "@/server/cli/host-session";
import { parseOptions } from "@/server/cli/parse-options";
import { demandHome } from "@/server/cli/start/demand-home";

/** `nereus doctor`: looks at everything and says how to mend what is wrong. Exit code 1 when something is. */
export const doctorCommand: Command = async (args, context) => {
  parseOptions(args, {});
  demandHome(context.config);
  const services = await withHostSession(context, async ({ services: { db } }) => [
    ...(await checkServices(context, db)),
    await checkGarbage(context, db),
  ]);
  const checks = [...checkMachine(context), ...services, ...(await checkFolders(context))];
  const bad = checks.filter(({ ok }) => !ok).length;
  const lines = checks.map(({ ok, message }) => `${ok ? "ok " : "!! "} ${message}`);
  const verdict = sentence(context, "doctor", bad === 0 ? { key: "good" } : { key: "bad", fields: { count: bad } });
  print(context, { json: { ok: bad === 0, checks }, text: [...lines, verdict].join("\n") });
  return bad === 0 ? 0 : 1;
};
