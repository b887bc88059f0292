"use client";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { SelectField } from "@/app/_ui/field";
import { ErrorBox, LoadingBox } from "@/app/_ui/state-box";
import { askPlane, type FoundFile, type Refused } from "@/app/(public)/preview/ask-preview";
import { PlaneMap } from "@/app/(public)/preview/plane-map.client";
import type { DescribedVariable } from "@/lib/formats/file-description";
import type { PreviewPlane } from "@/lib/formats/preview/preview-plane";
import { formatSignificant } from "@/lib/messages/format-significant";

/** A map of one plane of one variable, both chosen from lists. */
export function PlaneView({ id, description }: FoundFile) {
  const t = useTranslations("preview");
  const planes = description.variables.filter(isPlane);
  const [name, setName] = useState(() => (planes.find(isLikely) ?? planes[0])?.name ?? "");
  const [indices, setIndices] = useState<readonly number[]>([]);
  const variable = planes.find((each) => each.name === name);
  const plane = usePlane(id, name, indices);
  if (variable === undefined) return <p className="text-ink-2 text-sm">{t("noPlane")}</p>;
  return (
    <section className="grid min-w-0 content-start gap-3" aria-label={t("map")}>
      <div className="flex flex-wrap gap-3">
        <SelectField
          label={t("variable")}
          value={name}
          onChange={(event) => {
            setName(event.target.value);
            setIndices([]);
          }}
          className="min-w-48 flex-1"
        >
          {planes.map((each) => (
            <option key={each.name} value={each.name}>
              {each.title === null ? each.name : `${each.name}: ${each.title}`}
            </option>
          ))}
        </SelectField>
        {variable.shape.slice(0, -2).map((length, at) => (
          <SelectField
            key={variable.dimensions[at]}
            label={variable.dimensions[at] ?? ""}
            value={indices[at] ?? 0}
            onChange={(event) => setIndices(replaced(variable, indices, [at, Number(event.target.value)]))}
            className="w-40"
          >
            {Array.from({ length: Math.min(length, 1000) }, (_, index) => (
              <option key={labelOf(index, length, description.timesUtc)} value={index}>
                {labelOf(index, length, description.timesUtc)}
              </option>
            ))}
          </SelectField>
        ))}
      </div>
      <PlaneResult plane={plane} />
    </section>
  );
}

function PlaneResult({ plane }: { plane: PreviewPlane | Refused | null }) {
  const t = useTranslations("preview");
  const locale = useLocale();
  if (plane === null) return <LoadingBox label={t("looking")} />;
  if ("sentence" in plane) return <ErrorBox title={t("refused")} text={plane.sentence} />;
  const { range, units, stride } = plane;
  if (range === null) return <p className="text-ink-2 text-sm">{t("noValues")}</p>;
  const text = (value: number) => formatSignificant(value, locale);
  return (
    <>
      <p className="text-ink-2 text-sm">
        {t("range", { min: text(range.min), max: text(range.max), units: units ?? "" })}
        {stride > 1 ? ` ${t("thinned", { stride })}` : ""}
      </p>
      {plane.places === null ? <p className="text-ink-2 text-sm">{t("noPlaces")}</p> : <PlaneMap plane={plane} />}
    </>
  );
}

function usePlane(id: string, variable: string, indices: readonly number[]): PreviewPlane | Refused | null {
  const t = useTranslations("preview");
  const [plane, setPlane] = useState<PreviewPlane | Refused | null>(null);
  useEffect(() => {
    if (variable === "") return;
    const gone = new AbortController();
    setPlane(null);
    askPlane(id, { variable, indices }, gone.signal).then(setPlane, () => {
      if (!gone.signal.aborted) setPlane({ sentence: t("noAnswer") });
    });
    return () => gone.abort();
  }, [id, variable, indices, t]);
  return plane;
}

const isPlane = ({ shape, dtype }: DescribedVariable): boolean =>
  dtype !== "char" && shape.length >= 2 && shape.slice(-2).every((length) => length > 1);
/** Coordinates are planes too, but nobody comes for them. */
const isLikely = ({ name, dimensions }: DescribedVariable): boolean =>
  dimensions.length >= 3 && !/^x?(lat|lon)|bounds|bnds|mask/i.test(name);

const replaced = (variable: DescribedVariable, indices: readonly number[], [at, value]: readonly [number, number]) =>
  variable.shape.slice(0, -2).map((_, each) => (each === at ? value : (indices[each] ?? 0)));

const labelOf = (index: number, length: number, times: readonly string[]): string =>
  times.length === length && times[index] !== undefined ? times[index].replace(/:00(\.000)?Z$/, "Z") : String(index);
