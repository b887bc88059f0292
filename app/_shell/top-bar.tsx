import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AccountMenu, type ShownViewer } from "@/app/_shell/account-menu.client";
import { LanguageSwitch } from "@/app/_shell/language-switch.client";
import { Logo } from "@/app/_shell/logo";
import { NavLinks } from "@/app/_shell/nav-links.client";
import type { Theme } from "@/app/_shell/theme";
import { ThemeMenu } from "@/app/_shell/theme-menu.client";
import { buttonClass } from "@/app/_ui/button";

/** Brand, sections and the visitor's own choices; 48 px on every screen. */
export async function TopBar({ viewer, theme }: { viewer: ShownViewer | null; theme: Theme }) {
  const t = await getTranslations("shell");
  return (
    <header className="sticky top-0 z-30 flex h-[var(--topbar)] items-center gap-5 border-line border-b bg-surface px-4">
      <Link href="/" className="flex items-center gap-2.5 font-bold text-lg tracking-[-0.02em]">
        <Logo />
        <span>Nereus</span>
      </Link>
      <NavLinks role={viewer?.role ?? null} />
      <div className="ml-auto flex items-center gap-2">
        <LanguageSwitch />
        <ThemeMenu initial={theme} />
        {viewer ? (
          <AccountMenu viewer={viewer} />
        ) : (
          <Link href="/sign-in" prefetch={false} className={buttonClass()}>
            {t("signIn")}
          </Link>
        )}
      </div>
    </header>
  );
}
