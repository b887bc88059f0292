"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ShownProduct } from "@/app/(public)/_forecast/forecast-data";
import styles from "@/app/(public)/_forecast/layers.module.css";
import { LayerIcon, MapIcon } from "@/app/(public)/_forecast/map-icon";
import type { LayerDefinition } from "@/lib/map/product";
import type { Locale } from "@/lib/messages/messages";

export type LayerChoice = { readonly product: ShownProduct; readonly layer: LayerDefinition };

type LayerPanelProps = {
  readonly locale: Locale;
  readonly products: readonly ShownProduct[];
  readonly chosen: LayerChoice;
  readonly onChoose: (choice: LayerChoice) => void;
  /** How the field is drawn, below the layers. */
  readonly children: ReactNode;
  /** On a phone the panel is a sheet that is opened and closed. */
  readonly open: boolean;
  readonly onClose: () => void;
};

/** Which field is on the map, as radio buttons grouped by product, and what lies on top. */
export function LayerPanel(props: LayerPanelProps) {
  const t = useTranslations("map");
  const { locale, products, chosen } = props;
  return (
    <section className={styles.layers} data-open={props.open || undefined} aria-label={t("layers")}>
      <div className={styles.panelHead}>
        <h2>{t("layers")}</h2>
        <button type="button" className={styles.layersClose} aria-label={t("closeLayers")} onClick={props.onClose}>
          <MapIcon name="close" />
        </button>
      </div>
      {products.map((product) => (
        <fieldset key={product.description.productId} className={styles.layerGroup}>
          <legend>
            <span>{product.description.title[locale]}</span>
            <code>{product.description.productId}</code>
          </legend>
          {product.layers.map((layer) => {
            const isChosen = chosen.layer.id === layer.id && chosen.product === product;
            return (
              <label key={layer.id} className={styles.layerRow} data-chosen={isChosen || undefined}>
                <input
                  type="radio"
                  name="layer"
                  checked={isChosen}
                  onChange={() => props.onChoose({ product, layer })}
                />
                <LayerIcon layer={layer} />
                <span>{layer.title[locale]}</span>
                <span className={styles.quiet}>{layer.units[0]?.symbol}</span>
              </label>
            );
          })}
        </fieldset>
      ))}
      {props.children}
    </section>
  );
}

/** The same choice as chips over the map, for a phone. */
export function LayerChips({
  locale,
  products,
  chosen,
  onChoose,
}: Omit<LayerPanelProps, "open" | "onClose" | "children">) {
  const t = useTranslations("map");
  return (
    <fieldset className={styles.chips} aria-label={t("layers")}>
      {products.flatMap((product) =>
        product.layers.map((layer) => (
          <button
            key={`${product.description.productId}/${layer.id}`}
            type="button"
            aria-pressed={chosen.layer.id === layer.id && chosen.product === product}
            onClick={() => onChoose({ product, layer })}
          >
            <LayerIcon layer={layer} />
            {layer.title[locale]}
          </button>
        )),
      )}
    </fieldset>
  );
}
