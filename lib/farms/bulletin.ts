import { bulletinWords } from "@/lib/farms/bulletin-words";
import { csvCell } from "@/lib/farms/csv-cell";
import { classLimits } from "@/lib/farms/predicted-status";
import { sayReason } from "@/lib/farms/say-reason";
import type { StatusReport } from "@/lib/farms/status-report";
import { formatInstant } from "@/lib/messages/format-time";
import type { Locale } from "@/lib/messages/messages";

type Farm = StatusReport["farms"][number];
type Day = Farm["days"][number];

/** The bulletin as one page of HTML that needs nothing else: what is predicted for each farm and day, why, and what limits it. */
export function bulletinHtml(report: StatusReport, locale: Locale): string {
  const words = bulletinWords[locale];
  const head = [words.farm, words.day, ...classLimits.map((limit) => `≤ ${limit}`), words.median, words.reason];
  const rows = report.farms.flatMap((farm) =>
    farm.days.map((day) =>
      row([
        escapeHtml(farm.name),
        escapeHtml(dayWords(day, locale)),
        ...day.notAbove.map((share) => `${percent(share)}`),
        escapeHtml(mpnWords(day, locale)),
        escapeHtml(sayReason(day.reason, locale)),
      ]),
    ),
  );
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(words.title)}</title>
<style>
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#16222c;background:#fff}
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #b9c4cc;padding:.4rem .5rem;text-align:left;vertical-align:top}
.notice{border-left:.3rem solid #b4530a;padding:.2rem .8rem;margin:1rem 0}
</style>
</head>
<body>
<h1>${escapeHtml(words.title)}</h1>
<p class="notice"><strong>${escapeHtml(words.notOfficial)}</strong></p>
${report.demonstration ? `<p class="notice"><strong>${escapeHtml(words.demonstration)}</strong></p>` : ""}
<table>
<caption>${escapeHtml(words.caption)}</caption>
<thead><tr>${head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
<h2>${escapeHtml(words.limits)}</h2>
<ul>
${notes(report, locale)
  .map((note) => `<li>${escapeHtml(note)}</li>`)
  .join("\n")}
</ul>
<p>${escapeHtml(footer(report, locale))}</p>
</body>
</html>
`;
}

/** The same as plain text. */
export function bulletinText(report: StatusReport, locale: Locale): string {
  const words = bulletinWords[locale];
  const farms = report.farms.flatMap((farm) => [
    "",
    farm.name.toUpperCase(),
    ...farm.days.flatMap((day) => [
      `${dayWords(day, locale)}: ${day.notAbove.map((share, n) => `≤ ${classLimits[n]} ${percent(share)}`).join("; ")}; ${mpnWords(day, locale)}`,
      `  ${sayReason(day.reason, locale)}`,
    ]),
  ]);
  const notices = [words.notOfficial, ...(report.demonstration ? [words.demonstration] : [])];
  return [
    words.title,
    "",
    ...notices,
    words.caption,
    ...farms,
    "",
    words.limits,
    ...notes(report, locale).map((note) => `- ${note}`),
    "",
    footer(report, locale),
    "",
  ].join("\n");
}

/** One line for each farm and day, separated by commas; numbers with a point. */
export function statusCsv(report: StatusReport): string {
  const head = [
    ...["farm_id", "farm", "depth_m", "day", "from_utc", "to_utc", "hours"],
    ...classLimits.map((limit) => `p_not_above_${limit}`),
    ...["median_mpn_100g", "p90_mpn_100g", "water_max_cfu_100ml", "below_detection", "reason_en", "status"],
  ];
  const lines = report.farms.flatMap((farm) =>
    farm.days.map((day) =>
      [
        ...[farm.id, farm.name, farm.depthM, day.day, day.fromUtc, day.toUtc, day.hours],
        ...day.notAbove.map((share) => share.toFixed(4)),
        ...[day.medianMpn.toFixed(1), day.p90Mpn.toFixed(1), day.waterMax.toFixed(2), day.belowDetection],
        ...[sayReason(day.reason, "en"), "predicted, not the official class"],
      ]
        .map(csvCell)
        .join(","),
    ),
  );
  return `${[head.join(","), ...lines].join("\r\n")}\r\n`;
}

/** What limits the numbers, in sentences. */
function notes(report: StatusReport, locale: Locale): readonly string[] {
  return [...bulletinWords[locale].notes, ...report.degraded.map(({ text }) => text[locale])];
}

function footer({ runId, model, seed }: StatusReport, locale: Locale): string {
  return `${bulletinWords[locale].run} ${runId}, ${model}, ${bulletinWords[locale].seed} ${seed}.`;
}

function dayWords({ day, fromUtc, toUtc, hours }: Day, locale: Locale): string {
  const words = bulletinWords[locale];
  const span = `${formatInstant(fromUtc, locale)} – ${formatInstant(toUtc, locale)}`;
  const partly = hours < 24 ? `, ${hours} ${words.hoursOf24}` : "";
  return `${words.days[day] ?? `+${day}`} (${span}${partly})`;
}

function mpnWords({ medianMpn, p90Mpn, belowDetection }: Day, locale: Locale): string {
  const number = (value: number) => new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 }).format(value);
  const words = bulletinWords[locale];
  return `${number(medianMpn)} (p90 ${number(p90Mpn)}) MPN/100 g${belowDetection ? `, ${words.belowDetection}` : ""}`;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const row = (cells: readonly string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;

function escapeHtml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
