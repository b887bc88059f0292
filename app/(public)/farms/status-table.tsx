import { useTranslations } from "next-intl";
import { type Column, Table } from "@/app/_ui/table";
import { dayName } from "@/lib/farms/day-name";
import { sayReason } from "@/lib/farms/say-reason";
import type { StatusReport } from "@/lib/farms/status-report";
import { formatDay } from "@/lib/messages/format-time";
import type { Locale } from "@/lib/messages/messages";

type Row = StatusReport["farms"][number]["days"][number] & { readonly id: string; readonly name: string };

type Props = { readonly report: StatusReport; readonly locale: Locale; readonly nowUtc: string };

/** What a run says of its farms: probabilities by day with the reason, and what limits them. */
export function StatusTable({ report, locale, nowUtc }: Props) {
  const t = useTranslations("farms");
  const number = (value: number) => new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 }).format(value);
  const dayWords = (fromUtc: string) => {
    const name = dayName(fromUtc, nowUtc);
    return name === null ? formatDay(fromUtc, locale) : `${t(name)}, ${formatDay(fromUtc, locale)}`;
  };
  const rows = report.farms.flatMap(({ id, name, days: list }) => list.map((day): Row => ({ ...day, id, name })));
  const columns: readonly Column<Row>[] = [
    { key: "farm", title: t("farm"), cell: ({ name }) => <span className="font-medium">{name}</span> },
    { key: "day", title: t("day"), cell: ({ fromUtc }) => dayWords(fromUtc) },
    ...report.limitsMpnPer100g.map((limit, n) => ({
      key: `limit-${limit}`,
      title: t("notAbove", { limit: new Intl.NumberFormat(locale).format(limit) }),
      isNumber: true,
      cell: ({ notAbove }: Row) => `${Math.round((notAbove[n] ?? 0) * 100)} %`,
    })),
    {
      key: "median",
      title: t("median"),
      isNumber: true,
      cell: ({ medianMpn, p90Mpn, belowDetection }) =>
        `${number(medianMpn)} (${number(p90Mpn)})${belowDetection ? `, ${t("belowDetection")}` : ""}`,
    },
    { key: "reason", title: t("reason"), cell: ({ reason }) => sayReason(reason, locale) },
  ];
  return (
    <section aria-label={t("caption")}>
      <p className="px-5 pb-1 text-ink-2 text-sm">{t("caption")}</p>
      <Table caption={t("caption")} columns={columns} rows={rows} rowKey={({ id, day }) => `${id} ${day}`} />
      <h2 className="px-5 pt-4 font-bold text-sm">{t("limitsTitle")}</h2>
      <ul className="list-disc px-5 py-2 pl-9 text-ink-2 text-sm">
        <li>{t("spread")}</li>
        {report.degraded.map(({ code, text }) => (
          <li key={code}>{text[locale]}</li>
        ))}
      </ul>
    </section>
  );
}
