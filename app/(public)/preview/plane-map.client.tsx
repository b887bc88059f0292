"use client";
import { useLocale, useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { ForecastMap, type Position } from "@/app/_map/forecast-map.client";
import { useTheme } from "@/app/(public)/_forecast/use-theme";
import { integersOf, placePlane, valueNear } from "@/app/(public)/preview/place-plane";
import type { PreviewPlane } from "@/lib/formats/preview/preview-plane";
import { gridBounds } from "@/lib/map/grid-bounds";
import { buildMesh } from "@/lib/map/mesh";
import { classTable } from "@/lib/map/palette";
import type { Packing, Palette } from "@/lib/map/product";
import { rangePalette } from "@/lib/map/range-palette";
import { formatSignificant } from "@/lib/messages/format-significant";

/** A plane on the map with its classes, and the value where somebody points. */
export function PlaneMap({ plane }: { plane: PreviewPlane }) {
  const t = useTranslations("preview");
  const locale = useLocale();
  const theme = useTheme();
  const [position, setPosition] = useState<Position | null>(null);
  const drawn = useMemo(() => drawnPlane(plane), [plane]);
  const look = useMemo(
    () =>
      drawn && {
        classes: classTable(drawn.palette, drawn.packing, theme),
        transparentBelow: false,
        hatchTop: false,
        showCells: plane.nX * plane.nY < 2_500,
        isolines: false,
        threshold: null,
        opacity: 1,
        lines: [0, 0, 0] as const,
      },
    [drawn, plane, theme],
  );
  if (drawn === null || look === null) return <p className="text-ink-2 text-sm">{t("noPlaces")}</p>;
  const read = position && valueNear(plane, drawn.placement, position);
  const text = (value: number) => `${formatSignificant(value, locale)} ${plane.units ?? ""}`;
  return (
    <>
      <div className="relative h-96 overflow-hidden rounded-3 border border-line">
        <ForecastMap
          key={drawn.key}
          locale={locale}
          label={t("mapLabel", { variable: plane.variable })}
          bounds={drawn.bounds}
          fire={null}
          mesh={drawn.mesh}
          frame={drawn.frame}
          look={look}
          position={position}
          flag={null}
          onPick={setPosition}
          onHover={() => undefined}
          onMap={() => undefined}
          poster={null}
          fallback={() => <p>{t("noMap")}</p>}
        />
      </div>
      <p role="status" className="min-h-5 text-sm">
        {read
          ? t("value", { row: read.y, column: read.x, value: read.value === null ? t("none") : text(read.value) })
          : t("pick")}
      </p>
      <Classes palette={drawn.palette} theme={theme} text={text} />
    </>
  );
}

type ClassesProps = {
  readonly palette: Palette;
  readonly theme: "light" | "dark";
  readonly text: (value: number) => string;
};

function Classes({ palette, theme, text }: ClassesProps) {
  const t = useTranslations("preview");
  return (
    <ul aria-label={t("classes")} className="flex flex-wrap gap-x-3 gap-y-1 text-xs">
      {palette.breaks.map((from, at) => (
        <li key={from} className="flex items-center gap-1.5">
          <span aria-hidden="true" className="size-3 border border-line-2" style={{ background: palette[theme][at] }} />
          {`≥ ${text(from)}`}
        </li>
      ))}
    </ul>
  );
}

function drawnPlane(plane: PreviewPlane) {
  const placement = placePlane(plane);
  if (placement === null || plane.range === null) return null;
  const integers = integersOf(plane);
  const key = `preview/${plane.variable}/${plane.integers.length}/${plane.integers.slice(0, 64)}`;
  const packing: Packing = { dtype: "int16", ...plane.packing };
  const field = { key, integers, nX: plane.nX, nY: plane.nY, fill: packing.fill };
  return {
    key: plane.variable,
    placement,
    packing,
    palette: rangePalette(plane.range),
    bounds: gridBounds(placement),
    mesh: buildMesh(placement),
    frame: { field, next: null, mix: 0 },
  };
}
