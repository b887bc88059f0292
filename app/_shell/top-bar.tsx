import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { LanguageSwitch } from "@/app/_shell/language-switch.client";
import { Logo } from "@/app/_shell/logo";
import { NavLinks } from "@/app/_shell/nav-links.client";
import type { Theme } from "@/app/_shell/theme";
import { ThemeMenu } from "@/app/_shell/theme-menu.client";
import type { Role } from "@/lib/roles";

/** Brand, sections and the visitor's own choices; 48 px on every screen. */
export async function TopBar({ role, theme }: { role: Role | null; theme: Theme }) {
  const t = await getTranslations("shell");
  return (
    <header className="sticky top-0 z-30 flex h-[var(--topbar)] items-center gap-5 border-line border-b bg-surface px-4">
      <Link href="/" className="flex items-center gap-2.5 font-bold text-lg tracking-[-0.02em]">
        <Logo />
        <span>Nereus</span>
      </Link>
      <NavLinks role={role} />
      <div className="ml-auto flex items-center gap-2">
        <LanguageSwitch />
        <ThemeMenu initial={theme} />
        <Link
          href="/sign-in"
          prefetch={false}
          className="inline-flex h-8 items-center rounded-2 border border-line-2 bg-surface px-3 font-medium hover:bg-surface-2 max-md:h-9"
        >
          {t("signIn")}
        </Link>
      </div>
    </header>
  );
}
