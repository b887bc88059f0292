"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { DropdownMenu } from "radix-ui";
import { menuContentClass, menuItemClass } from "@/app/_ui/menu-classes";
import type { Role } from "@/lib/roles";

export type ShownViewer = { readonly name: string; readonly email: string; readonly role: Role };

/** The person's initials; opens their own acts. */
export function AccountMenu({ viewer }: { viewer: ShownViewer }) {
  const t = useTranslations("shell");
  const tRoles = useTranslations("roles");
  const signOut = async () => {
    await fetch("/api/auth/sign-out", { method: "POST", headers: { "content-type": "application/json" }, body: "{}" });
    window.location.assign("/");
  };
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        aria-label={`${t("account")}: ${viewer.name}`}
        className="grid size-8 place-items-center rounded-full bg-accent-tint font-bold text-accent-text text-xs max-md:size-10"
      >
        {initials(viewer.name)}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={6} className={menuContentClass}>
          <DropdownMenu.Label className="px-2.5 py-2">
            <span className="block font-medium">{viewer.name}</span>
            <span className="block text-ink-3 text-xs">{viewer.email}</span>
            <span className="block text-ink-3 text-xs">{tRoles(viewer.role)}</span>
          </DropdownMenu.Label>
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <DropdownMenu.Item asChild className={menuItemClass}>
            <Link href="/account/password">{t("changePassword")}</Link>
          </DropdownMenu.Item>
          <DropdownMenu.Item className={menuItemClass} onSelect={() => void signOut()}>
            {t("signOut")}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return `${words[0]?.[0] ?? ""}${words.length > 1 ? (words.at(-1)?.[0] ?? "") : ""}`.toUpperCase();
}
