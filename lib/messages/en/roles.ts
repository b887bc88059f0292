import type { Role } from "@/lib/roles";

export const roles: Record<Role, string> = {
  requester: "Requester",
  operator: "Operator",
  officer: "Officer",
  admin: "Administrator",
};
