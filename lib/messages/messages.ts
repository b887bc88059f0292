import { accounts as enAccounts } from "@/lib/messages/en/accounts";
import { admin as enAdmin } from "@/lib/messages/en/admin";
import { common as enCommon } from "@/lib/messages/en/common";
import { data as enData } from "@/lib/messages/en/data";
import { errors as enErrors } from "@/lib/messages/en/errors";
import { external as enExternal } from "@/lib/messages/en/external";
import { farms as enFarms } from "@/lib/messages/en/farms";
import { map as enMap } from "@/lib/messages/en/map";
import { operate as enOperate } from "@/lib/messages/en/operate";
import { pipelines as enPipelines } from "@/lib/messages/en/pipelines";
import { preview as enPreview } from "@/lib/messages/en/preview";
import { requests as enRequests } from "@/lib/messages/en/requests";
import { roles as enRoles } from "@/lib/messages/en/roles";
import { runs as enRuns } from "@/lib/messages/en/runs";
import { shell as enShell } from "@/lib/messages/en/shell";
import { states as enStates } from "@/lib/messages/en/states";
import { verbs as enVerbs } from "@/lib/messages/en/verbs";
import { why as enWhy } from "@/lib/messages/en/why";
import { accounts as itAccounts } from "@/lib/messages/it/accounts";
import { admin as itAdmin } from "@/lib/messages/it/admin";
import { common as itCommon } from "@/lib/messages/it/common";
import { data as itData } from "@/lib/messages/it/data";
import { errors as itErrors } from "@/lib/messages/it/errors";
import { external as itExternal } from "@/lib/messages/it/external";
import { farms as itFarms } from "@/lib/messages/it/farms";
import { map as itMap } from "@/lib/messages/it/map";
import { operate as itOperate } from "@/lib/messages/it/operate";
import { pipelines as itPipelines } from "@/lib/messages/it/pipelines";
import { preview as itPreview } from "@/lib/messages/it/preview";
import { requests as itRequests } from "@/lib/messages/it/requests";
import { roles as itRoles } from "@/lib/messages/it/roles";
import { runs as itRuns } from "@/lib/messages/it/runs";
import { shell as itShell } from "@/lib/messages/it/shell";
import { states as itStates } from "@/lib/messages/it/states";
import { verbs as itVerbs } from "@/lib/messages/it/verbs";
import { why as itWhy } from "@/lib/messages/it/why";

export const locales = ["en", "it"] as const;
export type Locale = (typeof locales)[number];

/** The English dictionary is the shape that every language fills. */
export const en = {
  errors: enErrors,
  external: enExternal,
  states: enStates,
  common: enCommon,
  roles: enRoles,
  verbs: enVerbs,
  accounts: enAccounts,
  runs: enRuns,
  operate: enOperate,
  why: enWhy,
  pipelines: enPipelines,
  requests: enRequests,
  admin: enAdmin,
  data: enData,
  preview: enPreview,
  shell: enShell,
  map: enMap,
  farms: enFarms,
};
export type Messages = typeof en;
const it: Messages = {
  errors: itErrors,
  external: itExternal,
  states: itStates,
  common: itCommon,
  roles: itRoles,
  verbs: itVerbs,
  accounts: itAccounts,
  runs: itRuns,
  operate: itOperate,
  why: itWhy,
  pipelines: itPipelines,
  requests: itRequests,
  admin: itAdmin,
  data: itData,
  preview: itPreview,
  shell: itShell,
  map: itMap,
  farms: itFarms,
};

export const messages: Record<Locale, Messages> = { en, it };
