import type { roles as English } from "@/lib/messages/en/roles";

export const roles: typeof English = {
  requester: "Richiedente",
  operator: "Operatore",
  officer: "Funzionario",
  admin: "Amministratore",
};
