"use client";

import { useTimeZone, useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";
import { ForecastMap, type Position } from "@/app/_map/forecast-map.client";
import type { LiveMap } from "@/app/_map/live-map";
import { DockActions } from "@/app/(public)/_forecast/dock-actions.client";
import { posterAddress, type ShownProduct } from "@/app/(public)/_forecast/forecast-data";
import { Legend } from "@/app/(public)/_forecast/legend.client";
import { MapButtons } from "@/app/(public)/_forecast/map-buttons.client";
import { MapTroubleBox } from "@/app/(public)/_forecast/map-trouble.client";
import { meteogramStrips, meteogramVariables } from "@/app/(public)/_forecast/meteogram-strips";
import { PlacePanel } from "@/app/(public)/_forecast/place-panel.client";
import { ProbeFlag } from "@/app/(public)/_forecast/probe-flag";
import { readPoint, readSeries } from "@/app/(public)/_forecast/read-point";
import { longTime } from "@/app/(public)/_forecast/shown-time";
import { TimeDock } from "@/app/(public)/_forecast/time-dock.client";
import styles from "@/app/(public)/_forecast/title.module.css";
import { TitleStrip } from "@/app/(public)/_forecast/title-strip.client";
import { useCoverage } from "@/app/(public)/_forecast/use-coverage";
import { frameOf, useGrid, useLook } from "@/app/(public)/_forecast/use-field";
import { useMeteogram } from "@/app/(public)/_forecast/use-meteogram";
import { useNow } from "@/app/(public)/_forecast/use-now";
import { usePlayback } from "@/app/(public)/_forecast/use-playback";
import { useStepStore } from "@/app/(public)/_forecast/use-step-store";
import { useStreaks } from "@/app/(public)/_forecast/use-streaks";
import { useTakeable } from "@/app/(public)/_forecast/use-takeable";
import { useTheme } from "@/app/(public)/_forecast/use-theme";
import { bufferedAhead } from "@/lib/map/buffered-ahead";
import { gridBounds } from "@/lib/map/grid-bounds";
import type { LayerDefinition, PublishedVariable } from "@/lib/map/product";
import { nearestPublished, nearestStep } from "@/lib/map/time-axis";
import type { ViewOptions } from "@/lib/map/view-options";
import type { Locale } from "@/lib/messages/messages";

type ForecastViewProps = {
  readonly locale: Locale;
  readonly product: ShownProduct;
  readonly layer: LayerDefinition;
  readonly nowUtc: string;
  readonly instant: string | null;
  readonly onInstant: (iso: string) => void;
  readonly position: Position | null;
  readonly onPosition: (position: Position | null) => void;
  readonly options: ViewOptions;
  readonly onOptions: (options: ViewOptions) => void;
};

/** One product run on the map, with its title, legend, time and chosen point. */
export function ForecastView(props: ForecastViewProps) {
  const { locale, product, layer, position, options } = props;
  const t = useTranslations("map");
  const { description } = product;
  const { times } = description;
  const timeZone = useTimeZone() ?? "UTC";
  const coverage = useCoverage(product) ?? product.coverage;
  const published = useMemo(() => new Set(coverage.steps.map(({ index }) => index)), [coverage]);
  const nowMs = useNow(props.nowUtc);
  const theme = useTheme();
  const [hovered, setHovered] = useState<Position | null>(null);
  const [map, setMap] = useState<LiveMap | null>(null);

  const opening = useRef(nowMs);
  const wanted = nearestStep(times, props.instant ? Date.parse(props.instant) : opening.current);
  const step = props.instant ? wanted : Math.max(0, nearestPublished(coverage.steps, wanted));
  const nextStep = nextPublished(published, step);
  const variable = variableOf(product, layer);
  const unit = layer.units.find(({ symbol }) => symbol === options.unit) ?? layer.units[0] ?? publishedUnit(variable);

  const palette = layer.otherPalettes?.find(({ id }) => id === options.palette) ?? layer.palette;
  const store = useStepStore(product, { layer, step, published, needsDirection: position !== null || options.streaks });
  const { transform, mesh } = useGrid(product);
  const look = useLook({ palette, variable, theme, options });
  useStreaks({ map, store, grid: transform, layer, step, isOn: options.streaks, theme });
  const setStep = (index: number) => props.onInstant(times[index] ?? "");
  const loaded = store?.loaded(layer.variable) ?? noSteps;
  const playback = usePlayback({
    ...{ step, nextStep, firstStep: Math.min(...published) },
    ahead: bufferedAhead(step, published, loaded),
    interpolate: layer.interpolateTime,
    onStep: setStep,
  });
  const frame = useStableFrame(
    store ? frameOf(store, { layer, variable, step, nextStep, fraction: playback.fraction }) : null,
  );

  const question = store && { store, grid: transform, layer, variables: description.variables, step };
  const reading = question && position ? readPoint(question, position) : null;
  const underCursor = question && hovered ? readPoint(question, hovered) : null;
  const marked = [underCursor, reading].find((each) => each?.kind === "read");
  const cell = reading && reading.kind !== "outside" ? reading.cell : null;
  const variables = useMemo(() => meteogramVariables(product), [product]);
  const read = useMeteogram({ description, variables, cell, isClosed: coverage.netcdf !== null });
  const series = read?.[variable.name] ?? (question && cell ? readSeries(question, cell, times.length) : []);
  const strips = meteogramStrips({ product, locale, shown: { layer, unit, series }, read });
  const bounds = useMemo(() => gridBounds(transform), [transform]);
  const fire = useMemo(() => fireOf(description), [description]);
  const hasFailed = store?.hasFailed(layer.variable, step) ?? false;

  const takeable = useTakeable({
    ...{ map, locale, product, layer, variable, palette, unit, theme, step, loaded },
    onStep: setStep,
  });
  const posterWords = { layer: layer.title[locale], time: longTime({ iso: times[step] ?? "", locale, timeZone }) };

  return (
    <>
      <ForecastMap
        locale={locale}
        label={t("mapLabel", { layer: layer.title[locale] })}
        bounds={fire ? around(fire, bounds) : bounds}
        fire={fire}
        mesh={mesh}
        frame={frame}
        look={look}
        position={position}
        flag={
          reading && <ProbeFlag {...{ locale, reading, unit, variable }} position={position ?? { lat: 0, lon: 0 }} />
        }
        onPick={props.onPosition}
        onHover={setHovered}
        onMap={setMap}
        poster={
          published.has(step)
            ? { address: posterAddress(description, layer.variable, step), text: t("posterText", posterWords) }
            : null
        }
        fallback={(trouble) => <MapTroubleBox trouble={trouble} />}
      />
      <TitleStrip {...{ locale, product, coverage, layer, unit, variable, step, nowMs }} />
      {!published.has(step) && (
        <p className={styles.notice} role="status">
          {t("notYetLong")}
        </p>
      )}
      {hasFailed && (
        <p className={styles.notice} role="alert">
          {t("notArrived")}{" "}
          <button type="button" onClick={() => store?.retry()}>
            {t("retry")}
          </button>
        </p>
      )}
      {position && reading && (
        <PlacePanel
          {...{ locale, layer, variable, unit, position, reading, times, step, strips, description }}
          onStep={setStep}
          onPosition={props.onPosition}
          onClose={() => props.onPosition(null)}
        />
      )}
      <MapButtons map={map} bounds={bounds} onTypePosition={() => props.onPosition(middleOf(bounds))} />
      <Legend
        {...{ locale, layer, palette, theme, unit }}
        onUnit={({ symbol }) => props.onOptions({ ...options, unit: symbol })}
        marked={marked?.kind === "read" ? marked.value : null}
      />
      <TimeDock
        {...{ locale, times, step, published, loaded, series }}
        isBuffered={store?.isIdle() ?? false}
        onStep={(index) => {
          playback.pause();
          setStep(index);
        }}
        nowMs={nowMs}
        playing={playback.playing}
        waiting={playback.waiting}
        onPlay={playback.toggle}
        actions={<DockActions {...{ description, coverage, step, takeable }} variable={layer.variable} />}
      />
    </>
  );
}

type Bounds = ReturnType<typeof gridBounds>;

/** Where the fire of a smoke run is; null for every other product. */
function fireOf({ attributes }: ShownProduct["description"]): Position | null {
  const { fire_latitude: lat, fire_longitude: lon } = attributes;
  return typeof lat === "number" && typeof lon === "number" ? { lat, lon } : null;
}

/** A plume is small in its domain: the map opens on about 40 km around the fire. */
function around({ lat, lon }: Position, [west, south, east, north]: Bounds): Bounds {
  const reach = 0.36;
  const eastReach = reach / Math.cos((lat * Math.PI) / 180);
  return [
    Math.max(west, lon - eastReach),
    Math.max(south, lat - reach),
    Math.min(east, lon + eastReach),
    Math.min(north, lat + reach),
  ];
}

const noSteps: ReadonlySet<number> = new Set();

function variableOf(product: ShownProduct, layer: LayerDefinition): PublishedVariable {
  const found = product.description.variables.find(({ name }) => name === layer.variable);
  if (!found) throw new Error(`layer ${layer.id} shows ${layer.variable}, which its product does not publish`);
  return found;
}

const publishedUnit = (variable: PublishedVariable) => ({ symbol: variable.units, scale: 1, offset: 0 });

function nextPublished(published: ReadonlySet<number>, step: number): number | null {
  const later = [...published].filter((index) => index > step);
  return later.length > 0 ? Math.min(...later) : null;
}

const middleOf = ([west, south, east, north]: readonly [number, number, number, number]): Position => ({
  lat: (south + north) / 2,
  lon: (west + east) / 2,
});

/** The same frame object while nothing of it changed, so that the map is told only of what is new. */
function useStableFrame(frame: ReturnType<typeof frameOf>): ReturnType<typeof frameOf> {
  const kept = useRef(frame);
  const same =
    kept.current?.field.key === frame?.field.key &&
    kept.current?.next?.key === frame?.next?.key &&
    kept.current?.mix === frame?.mix;
  const stable = same ? kept.current : frame;
  useEffect(() => {
    kept.current = stable;
  });
  return stable;
}
