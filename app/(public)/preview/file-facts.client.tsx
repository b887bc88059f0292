"use client";
import { useLocale, useTranslations } from "next-intl";
import { Banner } from "@/app/_ui/banner";
import { type Column, Table } from "@/app/_ui/table";
import { NereusError } from "@/lib/errors";
import type { DescribedVariable, FileDescription } from "@/lib/formats/file-description";
import { formatNumber, formatSize } from "@/lib/messages/format-number";
import { renderError } from "@/lib/messages/render-error";

/** What a file is and holds: format, size, dimensions, times, grid, box, variables, problems. */
export function FileFacts({ description }: { description: FileDescription }) {
  const t = useTranslations("preview");
  const locale = useLocale();
  const { format, sizeBytes, dimensions, timesUtc, grid, records, variables, problems } = description;
  const box = grid?.bounds ?? records?.bounds ?? null;
  const facts: readonly (readonly [string, string])[] = [
    [t("format"), format],
    [t("size"), formatSize(sizeBytes, locale)],
    [
      t("dimensions"),
      Object.entries(dimensions)
        .map(([name, length]) => `${name} ${length}`)
        .join(", ") || t("none"),
    ],
    [t("times"), timesText(timesUtc) || t("none")],
    [t("grid"), grid === null ? t("none") : `${grid.projection}, ${grid.nX} x ${grid.nY}`],
    [
      t("box"),
      box === null
        ? t("none")
        : [box.west, box.south, box.east, box.north].map((side) => formatNumber(side, locale, 3)).join(" · "),
    ],
    ...(records === null ? [] : [[t("records"), `${records.count}: ${records.columns.join(", ")}`] as const]),
  ];
  return (
    <section className="grid min-w-0 content-start gap-3" aria-label={t("facts")}>
      <h2 className="text-md">{description.file}</h2>
      {problems.map(({ code, fields }) => (
        <Banner key={`${code} ${JSON.stringify(fields)}`} kind="warn">
          {renderError(new NereusError(code, fields), locale)}
        </Banner>
      ))}
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-2">{name}</dt>
            <dd className="break-words">{value}</dd>
          </div>
        ))}
      </dl>
      {variables.length === 0 ? null : <VariableList variables={variables} />}
    </section>
  );
}

function VariableList({ variables }: { variables: readonly DescribedVariable[] }) {
  const t = useTranslations("preview");
  const columns: readonly Column<DescribedVariable>[] = [
    { key: "name", title: t("variable"), cell: ({ name, title }) => <Named name={name} title={title} /> },
    { key: "shape", title: t("shape"), cell: ({ dimensions, shape }) => shapeText(dimensions, shape) },
    { key: "units", title: t("units"), cell: ({ units }) => units ?? "" },
    { key: "type", title: t("type"), cell: ({ dtype }) => <span className="code">{dtype}</span> },
  ];
  return <Table caption={t("variables")} columns={columns} rows={variables} rowKey={({ name }) => name} />;
}

const Named = ({ name, title }: { name: string; title: string | null }) => (
  <>
    <span className="code">{name}</span>
    {title === null ? null : <span className="block text-ink-3 text-xs">{title}</span>}
  </>
);

const shapeText = (dimensions: readonly string[], shape: readonly number[]): string =>
  shape.map((length, at) => `${dimensions[at] ?? ""} ${length}`).join(" x ");

function timesText(times: readonly string[]): string {
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined) return "";
  return times.length === 1 ? first : `${times.length}: ${first} ... ${last}`;
}
