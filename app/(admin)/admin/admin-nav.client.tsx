"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";

const places = [
  { key: "schedules", href: "/admin/schedules", isForAdmins: false },
  { key: "pipelines", href: "/admin/pipelines", isForAdmins: true },
  { key: "users", href: "/admin/users", isForAdmins: true },
  { key: "audit", href: "/admin/audit", isForAdmins: true },
] as const;

export function AdminNav({ isAdmin }: { isAdmin: boolean }) {
  const t = useTranslations("admin");
  const path = usePathname();
  return (
    <nav aria-label={t("sections")} className="flex gap-1 overflow-x-auto bg-bg p-2.5 md:flex-col">
      {places
        .filter((place) => isAdmin || !place.isForAdmins)
        .map(({ key, href }) => (
          <Link
            key={key}
            href={href}
            prefetch={false}
            aria-current={path.startsWith(href) ? "page" : undefined}
            className="flex min-h-9 items-center whitespace-nowrap rounded-2 px-3 font-medium text-ink-2 hover:bg-surface-2 aria-[current]:bg-accent-tint aria-[current]:text-ink max-md:min-h-11"
          >
            {t(key)}
          </Link>
        ))}
    </nav>
  );
}
