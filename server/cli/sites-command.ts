import { type Command, print, sentence } from "@/server/cli/command-context";
import { demandArgument, parseOptions } from "@/server/cli/parse-options";
import { checkSite } from "@/server/cli/sites/check-site";
import { UsageError } from "@/server/cli/usage-error";

/** `nereus sites`: the places where work runs. `nereus sites check <site>`: proves one end to end. */
export const sitesCommand: Command = async (args, context) => {
  const { positionals } = parseOptions(args, {});
  const [verb = "list", name] = positionals;
  const { sites, slots } = context.config;
  if (verb === "list") {
    const here: Omit<SiteLine, "scratch"> = {
      name: "local",
      reached: "this machine",
      runner: "process",
      pools: { ...slots },
    };
    const others = Object.entries(sites).map(([site, { ssh, slurm, pools, scratch }]) => ({
      ...{ name: site, reached: ssh === undefined ? "this machine" : `${ssh.user}@${ssh.host}:${ssh.port}` },
      ...{ runner: slurm === undefined ? "process" : "slurm", pools, scratch },
    }));
    const all: readonly SiteLine[] = [{ ...here, scratch: context.config.scratchPath }, ...others];
    const line = (site: SiteLine) => {
      const pools = Object.entries(site.pools).map(([pool, slots]) => `${pool} ${slots}`);
      return [site.name.padEnd(16), site.runner.padEnd(8), site.reached.padEnd(32), pools.join(", ")].join("  ");
    };
    print(context, { json: all, text: all.map(line).join("\n") });
    return 0;
  }
  if (verb !== "check") throw new UsageError("option-invalid", { problem: "sites [list] | sites check <site>." });
  const asked = demandArgument(name, { command: "sites check", argument: "<site>" });
  const site = Object.hasOwn(sites, asked) ? sites[asked] : undefined;
  if (site === undefined)
    throw new UsageError("site-unknown", { site: asked, known: Object.keys(sites).join(", ") || "-" });
  const checks = await checkSite(context, site);
  const isGood = checks.every(({ ok }) => ok);
  const verdict = sentence(context, "sites", { key: isGood ? "good" : "bad", fields: { site: asked } });
  const lines = checks.map(({ ok, message }) => `${ok ? "ok " : "!! "} ${message}`);
  print(context, { json: { site: asked, ok: isGood, checks }, text: [...lines, verdict].join("\n") });
  return isGood ? 0 : 1;
};

type SiteLine = {
  readonly name: string;
  readonly reached: string;
  readonly runner: string;
  readonly pools: Readonly<Record<string, number>>;
  readonly scratch: string;
};
