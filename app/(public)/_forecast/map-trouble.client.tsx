"use client";

import { useTranslations } from "next-intl";
import type { MapTrouble } from "@/app/_map/forecast-map.client";

/** Why there is no live map here, what still works, and a way on. */
export function MapTroubleBox({ trouble }: { trouble: MapTrouble }) {
  const t = useTranslations("map");
  return (
    <div role="alert">
      <p>{t(`trouble.${trouble}`)}</p>
      {trouble !== "unsupported" && (
        <button type="button" onClick={() => location.reload()}>
          {t("retry")}
        </button>
      )}
    </div>
  );
}
