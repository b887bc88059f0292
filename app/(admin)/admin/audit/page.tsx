import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { firstValue, type QueryValue } from "@/app/_shell/first-value";
import { requireVerb } from "@/app/_shell/require-verb";
import { buttonClass } from "@/app/_ui/button";
import { PageHead } from "@/app/_ui/page-head";
import { EmptyBox } from "@/app/_ui/state-box";
import { type Column, Table } from "@/app/_ui/table";
import { formatInstant } from "@/lib/messages/format-time";
import { messages } from "@/lib/messages/messages";
import { type AuditView, listAudit } from "@/server/services/audit/list-audit";
import { portalContext } from "@/server/services/portal-context";

const pageRows = 50;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("accounts"))("audit") };
}

export default async function AuditPage({ searchParams }: { searchParams: Promise<{ before?: QueryValue }> }) {
  await requireVerb("/admin/audit", "read the audit log");
  const t = await getTranslations("accounts");
  const locale = await getLocale();
  const { service } = await portalContext(await headers());
  const before = Number.parseInt(firstValue((await searchParams).before) ?? "", 10);
  const rows = await listAudit(service, { before: Number.isNaN(before) ? null : before, limit: pageRows });
  const told: Readonly<Record<string, string>> = messages[locale].admin.audited;
  const last = rows.at(-1);
  const columns: readonly Column<AuditView>[] = [
    { key: "when", title: t("when"), cell: (row) => formatInstant(row.at, locale) },
    {
      key: "who",
      title: t("who"),
      cell: (row) => row.actorEmail ?? (row.actorKind === "host" ? t("host") : t("system")),
    },
    { key: "what", title: t("what"), cell: (row) => told[row.verb] ?? row.verb },
    {
      key: "subject",
      title: t("subject"),
      cell: (row) => <span className="code break-all text-xs">{row.subject}</span>,
    },
    { key: "why", title: t("why"), cell: (row) => row.reason ?? "" },
  ];
  return (
    <>
      <PageHead title={t("audit")} />
      {rows.length === 0 ? (
        <EmptyBox title={t("auditEmpty")} />
      ) : (
        <Table caption={t("audit")} columns={columns} rows={rows} rowKey={(row) => String(row.id)} />
      )}
      {last && rows.length === pageRows ? (
        <p className="p-5">
          <Link href={`/admin/audit?before=${last.id}`} className={buttonClass()}>
            {t("older")}
          </Link>
        </p>
      ) : null}
    </>
  );
}
