import "@fontsource-variable/inter";
import "./globals.css";
import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { iconAddress } from "@/app/_shell/icon-address";
import { TabBar } from "@/app/_shell/nav-links.client";
import { Providers } from "@/app/_shell/providers.client";
import { parseTheme, themeCookie } from "@/app/_shell/theme";
import { TopBar } from "@/app/_shell/top-bar";
import { readViewer } from "@/server/services/accounts/read-viewer";

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#14191f" },
  ],
};

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  const title = { default: "Nereus", template: "%s · Nereus" };
  return { title, description: t("description"), icons: { icon: { url: iconAddress, type: "image/svg+xml" } } };
}

/** The shell of every screen. The theme is written by the server, so nothing flashes and no script is needed for it. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations("shell");
  const theme = parseTheme((await cookies()).get(themeCookie)?.value);
  const { errors: _serverOnly, ...shown } = await getMessages();
  const viewer = await readViewer(await headers());
  const role = viewer?.role ?? null;
  return (
    <html lang={await getLocale()} data-theme={theme === "system" ? undefined : theme} suppressHydrationWarning>
      <body>
        <NextIntlClientProvider messages={shown}>
          <Providers>
            <a
              href="#main"
              className="absolute left-2 z-50 -translate-y-20 rounded-2 bg-surface px-3 py-2 font-medium shadow-2 focus:translate-y-2"
            >
              {t("skip")}
            </a>
            <TopBar viewer={viewer && { name: viewer.name, email: viewer.email, role: viewer.role }} theme={theme} />
            <main id="main" tabIndex={-1} className="shell-main">
              {children}
            </main>
            <TabBar role={role} />
          </Providers>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
