import type { IconName } from "@/app/_ui/icon";
import type { Role } from "@/lib/roles";

export type Section = {
  readonly key: "map" | "requests" | "farms" | "runs" | "data" | "admin";
  readonly href: string;
  readonly icon: IconName;
};

const sections: readonly Section[] = [
  { key: "map", href: "/", icon: "map" },
  { key: "requests", href: "/requests", icon: "flame" },
  { key: "farms", href: "/farms", icon: "shell" },
  { key: "runs", href: "/runs", icon: "runs" },
  { key: "data", href: "/data", icon: "data" },
  { key: "admin", href: "/admin/schedules", icon: "gear" },
];

/** Where a person with this role may go from the bar; the routes check again for themselves. */
export function sectionsFor(role: Role | null): readonly Section[] {
  return sections.filter(({ key }) => key !== "admin" || role === "operator" || role === "officer" || role === "admin");
}

/** True when the path lies in the section. */
export function isWithin(section: Section, path: string): boolean {
  if (section.key === "map") return path === "/";
  if (section.key === "admin") return path.startsWith("/admin");
  return path === section.href || path.startsWith(`${section.href}/`);
}
