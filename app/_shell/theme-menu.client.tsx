"use client";
import { useTranslations } from "next-intl";
import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import { keepPreference } from "@/app/_shell/keep-preference";
import { parseTheme, type Theme, themeCookie, themes } from "@/app/_shell/theme";
import { Icon, type IconName } from "@/app/_ui/icon";
import { menuContentClass, menuItemClass } from "@/app/_ui/menu-classes";

const icons: Record<Theme, IconName> = { light: "sun", dark: "moon", system: "screen" };
const titles = { light: "themeLight", dark: "themeDark", system: "themeSystem" } as const;

/** Light, dark or as the system; applied at once and kept for the next visit. */
export function ThemeMenu({ initial }: { initial: Theme }) {
  const t = useTranslations("shell");
  const [theme, setTheme] = useState(initial);
  const choose = (value: string) => {
    const next = parseTheme(value);
    setTheme(next);
    keepPreference(themeCookie, next);
    if (next === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
  };
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        aria-label={`${t("theme")}: ${t(titles[theme])}`}
        className="grid size-8 place-items-center rounded-2 text-ink-2 hover:bg-surface-2 max-md:size-11"
      >
        <Icon name={icons[theme]} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={6} className={menuContentClass}>
          <DropdownMenu.RadioGroup value={theme} onValueChange={choose}>
            {themes.map((one) => (
              <DropdownMenu.RadioItem key={one} value={one} className={menuItemClass}>
                <Icon name={icons[one]} size={16} />
                <span className="flex-1">{t(titles[one])}</span>
                <DropdownMenu.ItemIndicator>
                  <Icon name="check" size={16} />
                </DropdownMenu.ItemIndicator>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
