import Link from "next/link";
import { getTranslations } from "next-intl/server";

export default async function NotFound() {
  const t = await getTranslations("shell");
  return (
    <div className="mx-auto max-w-xl px-5 py-16">
      <h1 className="text-xl">{t("notFoundTitle")}</h1>
      <p className="mt-2 text-ink-2">{t("notFoundText")}</p>
      <p className="mt-4">
        <Link href="/" className="link">
          {t("toMap")}
        </Link>
      </p>
    </div>
  );
}
