"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { isWithin, type Section, sectionsFor } from "@/app/_shell/sections";
import { Icon } from "@/app/_ui/icon";
import type { Role } from "@/lib/roles";

/** Sections in the top bar, from tablets up. */
export function NavLinks({ role }: { role: Role | null }) {
  const t = useTranslations("shell");
  const path = usePathname();
  return (
    <nav aria-label={t("main")} className="hidden h-full gap-0.5 md:flex">
      {sectionsFor(role).map((section) => (
        <Link
          key={section.key}
          href={section.href}
          prefetch={false}
          aria-current={isWithin(section, path) ? "page" : undefined}
          className="relative flex items-center px-3 font-medium text-ink-2 hover:text-ink aria-[current]:text-ink aria-[current]:after:absolute aria-[current]:after:inset-x-3 aria-[current]:after:-bottom-px aria-[current]:after:h-0.5 aria-[current]:after:bg-accent"
        >
          {t(section.key)}
        </Link>
      ))}
    </nav>
  );
}

/** Sections at the foot of a phone, 56 px and the safe area. */
export function TabBar({ role }: { role: Role | null }) {
  const t = useTranslations("shell");
  const path = usePathname();
  return (
    <nav
      aria-label={t("main")}
      className="fixed inset-x-0 bottom-0 z-30 flex h-[var(--shell-bottom)] border-line border-t bg-surface pb-[env(safe-area-inset-bottom,0px)] md:hidden"
    >
      {sectionsFor(role).map((section) => (
        <Tab key={section.key} section={section} isCurrent={isWithin(section, path)} title={t(section.key)} />
      ))}
    </nav>
  );
}

function Tab({ section, isCurrent, title }: { section: Section; isCurrent: boolean; title: string }) {
  return (
    <Link
      href={section.href}
      prefetch={false}
      aria-current={isCurrent ? "page" : undefined}
      className="flex min-w-0 flex-1 flex-col items-center justify-center gap-0.5 font-medium text-2xs text-ink-3 aria-[current]:text-accent-text"
    >
      <Icon name={section.icon} size={20} />
      <span className="truncate">{title}</span>
    </Link>
  );
}
