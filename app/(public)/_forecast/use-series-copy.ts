import { useEffect, useState } from "react";
import { fetchChunk } from "@/app/_map/fetch-chunk";
import { zarrAddress } from "@/app/(public)/_forecast/forecast-data";
import type { PointSeries } from "@/app/(public)/_forecast/read-point";
import { seriesTile } from "@/lib/formats/zarr/series-store";
import { type ProductDescription, type PublishedVariable, productPaths } from "@/lib/map/product";
import { type Cell, publishedValue } from "@/lib/map/sample-field";

type SeriesQuestion = {
  readonly description: ProductDescription;
  readonly variable: PublishedVariable;
  readonly cell: Cell | null;
  /** The copy comes once, when the product is closed; until then a series is read from the map's own steps. */
  readonly isClosed: boolean;
};

/** Published values of a cell over the whole run, from one chunk of the series copy; null until they are here. */
export function useSeriesCopy({ description, variable, cell, isClosed }: SeriesQuestion): PointSeries | null {
  const [read, setRead] = useState<{ address: string; series: Chunk } | null>(null);
  const tile = cell && `0.${Math.floor(cell.y / seriesTile)}.${Math.floor(cell.x / seriesTile)}`;
  const address =
    isClosed && tile ? `${zarrAddress(description)}/${productPaths.seriesZarr}/${variable.name}/${tile}` : null;
  const cells = description.times.length * seriesTile * seriesTile;
  const { dtype } = variable.packing;

  useEffect(() => {
    if (!address) return;
    const end = new AbortController();
    fetchChunk(address, { dtype, cells, signal: end.signal }).then(
      (series) => setRead({ address, series }),
      // Without the copy the series still comes from the steps of the map.
      () => setRead(null),
    );
    return () => end.abort();
  }, [address, dtype, cells]);

  if (!read || !cell || read.address !== address) return null;
  return description.times.map((_, step) => {
    const inTile = { x: cell.x % seriesTile, y: step * seriesTile + (cell.y % seriesTile) };
    const size = { nX: seriesTile, nY: description.times.length * seriesTile };
    return publishedValue(read.series, size, { cell: inTile, packing: variable.packing });
  });
}

type Chunk = Awaited<ReturnType<typeof fetchChunk>>;
