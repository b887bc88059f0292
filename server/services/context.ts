import type { OrganisationId, UserId } from "@/lib/ids";
import type { Role } from "@/lib/roles";
import type { Config } from "@/server/config";
import type { Database } from "@/server/store/database";

/** Who asks: a person with an account, the command line of the machine itself, or anyone. */
export type Actor =
  | {
      readonly kind: "user";
      readonly userId: UserId;
      readonly role: Role;
      readonly organisationId: OrganisationId | null;
    }
  | { readonly kind: "host" }
  | { readonly kind: "anonymous" };

/** What every service is given; nothing else of the world reaches it. */
export type ServiceContext = {
  readonly db: Database;
  readonly actor: Actor;
  readonly now: () => Date;
  readonly config: Pick<
    Config,
    | "storePath"
    | "scratchPath"
    | "programsPath"
    | "metSources"
    | "seaSources"
    | "defaultMetSource"
    | "limits"
    | "slots"
    | "sites"
  >;
};
