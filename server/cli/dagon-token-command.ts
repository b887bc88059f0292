import { type Command, type CommandContext, print, sentence } from "@/server/cli/command-context";
import { withHostSession } from "@/server/cli/host-session";
import { demandArgument, parseOptions } from "@/server/cli/parse-options";
import { UsageError } from "@/server/cli/usage-error";
import { createDagonToken } from "@/server/services/external/create-dagon-token";
import { listDagonTokens } from "@/server/services/external/list-dagon-tokens";
import { revokeDagonToken } from "@/server/services/external/revoke-dagon-token";

/** `nereus dagon-token list | create <label> | revoke <id>`: who may report runs of DAGonStar scripts. */
export const dagonTokenCommand: Command = async (args, context) => {
  const { positionals } = parseOptions(args, {});
  const [verb = "list", subject] = positionals;
  const named = (argument: string) => demandArgument(subject, { command: `dagon-token ${verb}`, argument });
  if (verb === "list") return list(context);
  if (verb === "create") return create(context, named("<label>"));
  if (verb === "revoke") return revoke(context, named("<id>"));
  throw new UsageError("command-unknown", { command: `dagon-token ${verb}` });
};

async function list(context: CommandContext): Promise<number> {
  const tokens = await withHostSession(context, ({ services }) => listDagonTokens(services));
  const lines = tokens.map(({ id, label, createdAt, revokedAt }) =>
    [id, label, createdAt, revokedAt ?? "-"].join("  "),
  );
  const none = sentence(context, "dagonToken", { key: "none" });
  print(context, { json: tokens, text: lines.length === 0 ? none : lines.join("\n") });
  return 0;
}

async function create(context: CommandContext, label: string): Promise<number> {
  const { id, secret } = await withHostSession(context, ({ services }) => createDagonToken(services, { label }));
  const route = `${context.config.address}/api/dagon/${secret}`;
  const text = sentence(context, "dagonToken", { key: "created", fields: { id, label, route } });
  print(context, { json: { id, label, route }, text });
  return 0;
}

async function revoke(context: CommandContext, id: string): Promise<number> {
  await withHostSession(context, ({ services }) => revokeDagonToken(services, { id }));
  print(context, {
    json: { id, state: "revoked" },
    text: sentence(context, "dagonToken", { key: "revoked", fields: { id } }),
  });
  return 0;
}
