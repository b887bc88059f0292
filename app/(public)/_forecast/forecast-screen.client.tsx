"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { Position } from "@/app/_map/forecast-map.client";
import type { ShownProduct } from "@/app/(public)/_forecast/forecast-data";
import { ForecastView } from "@/app/(public)/_forecast/forecast-view.client";
import { LayerChips, type LayerChoice, LayerPanel } from "@/app/(public)/_forecast/layer-panel.client";
import layerStyles from "@/app/(public)/_forecast/layers.module.css";
import { MapIcon } from "@/app/(public)/_forecast/map-icon";
import { type Permalink, writePermalink } from "@/app/(public)/_forecast/permalink";
import styles from "@/app/(public)/_forecast/screen.module.css";
import { ViewPanel } from "@/app/(public)/_forecast/view-panel.client";
import type { Locale } from "@/lib/messages/messages";

type ForecastScreenProps = {
  readonly locale: Locale;
  readonly products: readonly ShownProduct[];
  readonly link: Permalink;
  /** When the server made the page: what ages are told from until the page is alive. */
  readonly nowUtc: string;
};

const addressDelayMs = 150;

/** The forecast map: which product and layer is chosen, where and when; the link in the address bar follows. */
export function ForecastScreen({ locale, products, link, nowUtc }: ForecastScreenProps) {
  const t = useTranslations("map");
  const [choice, setChoice] = useState<LayerChoice | null>(() => firstChoice(products, link));
  const [instant, setInstant] = useState<string | null>(link.time);
  const [position, setPosition] = useState<Position | null>(link.position);
  const [options, setOptions] = useState(link.options);
  const [layersOpen, setLayersOpen] = useState(false);
  // A page that was read again by the server brings newer coverage of the same products.
  const product = products.find((each) => sameRun(each, choice?.product)) ?? choice?.product ?? null;
  const layer = choice?.layer ?? null;

  useEffect(() => {
    if (!product || !layer) return;
    const { productId, runId } = product.description;
    const run = product.pinned ? runId : null;
    const query = writePermalink({ product: productId, run, layer: layer.id, time: instant, position, options });
    // Browsers allow only so many changes of the address in a time; a slider that is dragged makes one at its end.
    const timer = setTimeout(() => window.history.replaceState(null, "", `?${query}`), addressDelayMs);
    return () => clearTimeout(timer);
  }, [product, layer, instant, position, options]);

  if (!product || !layer) return null;
  const chosen = { product, layer };
  const choose = (next: LayerChoice) => {
    setChoice(next);
    // Palette, unit and threshold belong to the layer that they were chosen for.
    if (next.layer !== layer) setOptions({ ...options, palette: null, unit: null, threshold: null });
  };
  const panel = { locale, products, chosen, onChoose: choose };
  return (
    <div className={styles.screen} data-place={position !== null || undefined}>
      <ForecastView
        key={`${product.description.productId}/${product.description.runId}`}
        {...{ locale, product, layer, nowUtc, instant, position, options }}
        onOptions={setOptions}
        onInstant={setInstant}
        onPosition={setPosition}
      />
      <LayerChips {...panel} />
      <button
        type="button"
        className={layerStyles.layersOpen}
        aria-expanded={layersOpen}
        onClick={() => setLayersOpen(true)}
      >
        <MapIcon name="layers" size={20} />
        <span>{t("openLayers")}</span>
      </button>
      <LayerPanel {...panel} open={layersOpen} onClose={() => setLayersOpen(false)}>
        <ViewPanel {...{ locale, layer, options }} onOptions={setOptions} />
      </LayerPanel>
    </div>
  );
}

function sameRun(one: ShownProduct, other: ShownProduct | undefined): boolean {
  return (
    one.description.productId === other?.description.productId &&
    one.description.runId === other.description.runId &&
    one.description.generation === other.description.generation
  );
}

/** The layer that the link names, else the first of the product it names, else the first of all. */
function firstChoice(products: readonly ShownProduct[], link: Permalink): LayerChoice | null {
  const product = products.find(({ description }) => description.productId === link.product) ?? products[0];
  const layer = product?.layers.find(({ id }) => id === link.layer) ?? product?.layers[0];
  return product && layer ? { product, layer } : null;
}
