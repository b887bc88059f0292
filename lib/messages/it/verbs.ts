import type { verbs as English } from "@/lib/messages/en/verbs";

export const verbs: typeof English = {
  "run.request": "chiedere una corsa",
  "run.read": "vedere questa corsa",
  "run.cancel": "annullare una corsa",
  "run.cancel-any": "annullare la corsa di altri",
  "schedule.read": "vedere le pianificazioni",
  "schedule.manage": "cambiare le pianificazioni",
  "account.read": "vedere gli account",
  "account.manage": "cambiare gli account",
  "audit.read": "leggere il registro delle azioni",
};
