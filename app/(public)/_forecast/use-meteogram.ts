import { useEffect, useState } from "react";
import { fetchChunk } from "@/app/_map/fetch-chunk";
import { zarrAddress } from "@/app/(public)/_forecast/forecast-data";
import type { PointSeries } from "@/app/(public)/_forecast/read-point";
import { seriesTile } from "@/lib/formats/zarr/series-store";
import type { StoredIntegers } from "@/lib/map/decode-chunk";
import { type ProductDescription, type PublishedVariable, productPaths } from "@/lib/map/product";
import { type Cell, publishedValue } from "@/lib/map/sample-field";

type MeteogramQuestion = {
  readonly description: ProductDescription;
  readonly variables: readonly PublishedVariable[];
  readonly cell: Cell | null;
  /** The series copy comes once, when the product is closed. */
  readonly isClosed: boolean;
};

/** Published values of a cell over the whole run by variable, one chunk of the series copy each; null until all are here. */
export function useMeteogram(question: MeteogramQuestion): Readonly<Record<string, PointSeries>> | null {
  const { description, variables, cell, isClosed } = question;
  const [read, setRead] = useState<{ folder: string; chunks: Readonly<Record<string, StoredIntegers>> } | null>(null);
  const tile = cell && `0.${Math.floor(cell.y / seriesTile)}.${Math.floor(cell.x / seriesTile)}`;
  const names = variables.map(({ name }) => name).join(" ");
  const folder = isClosed && tile ? `${zarrAddress(description)}/${productPaths.seriesZarr} ${tile} ${names}` : null;

  useEffect(() => {
    if (!folder) return;
    const [address, tilePath, ...wanted] = folder.split(" ");
    const end = new AbortController();
    const cells = description.times.length * seriesTile * seriesTile;
    const load = async (name: string) => {
      const dtype = description.variables.find((variable) => variable.name === name)?.packing.dtype ?? "int16";
      const chunk = await fetchChunk(`${address}/${name}/${tilePath}`, { dtype, cells, signal: end.signal });
      return [name, chunk] as const;
    };
    Promise.all(wanted.map(load)).then(
      (chunks) => setRead({ folder, chunks: Object.fromEntries(chunks) }),
      // Without the copy the panel keeps the hours of the shown variable, read from the steps of the map.
      () => setRead(null),
    );
    return () => end.abort();
  }, [folder, description]);

  if (!read || !cell || read.folder !== folder) return null;
  return Object.fromEntries(
    variables.map(({ name, packing }) => [name, seriesOf(read.chunks[name], { description, cell, packing })]),
  );
}

function seriesOf(
  chunk: StoredIntegers | undefined,
  at: { description: ProductDescription; cell: Cell; packing: PublishedVariable["packing"] },
): PointSeries {
  const { times } = at.description;
  if (!chunk) return times.map(() => undefined);
  const size = { nX: seriesTile, nY: times.length * seriesTile };
  return times.map((_, step) => {
    const cell = { x: at.cell.x % seriesTile, y: step * seriesTile + (at.cell.y % seriesTile) };
    return publishedValue(chunk, size, { cell, packing: at.packing });
  });
}
