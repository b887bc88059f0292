import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { chooseLocale, localeCookie } from "@/lib/messages/choose-locale";
import { messages } from "@/lib/messages/messages";
import { portalTimeZone } from "@/lib/messages/portal-time-zone";

/** Language by cookie, then by browser; the address never carries it. */
export default getRequestConfig(async () => {
  const locale = chooseLocale((await cookies()).get(localeCookie)?.value, (await headers()).get("accept-language"));
  return { locale, messages: messages[locale], timeZone: portalTimeZone };
});
