"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { toldError, useTRPC } from "@/app/_api/trpc.client";
import { Banner } from "@/app/_ui/banner";
import { Button } from "@/app/_ui/button";
import { Icon } from "@/app/_ui/icon";
import { PageHead } from "@/app/_ui/page-head";
import { type Column, Table } from "@/app/_ui/table";
import { useToast } from "@/app/_ui/toast.client";
import { NewUser } from "@/app/(admin)/admin/users/new-user.client";
import { formatDay } from "@/lib/messages/format-time";
import { roles } from "@/lib/roles";
import type { UserView } from "@/server/services/accounts/list-users";

/** People of this installation: their roles, and new accounts. */
export function UserScreen({ initial }: { initial: readonly UserView[] }) {
  const t = useTranslations("accounts");
  const tRoles = useTranslations("roles");
  const locale = useLocale();
  const trpc = useTRPC();
  const toast = useToast();
  const queryClient = useQueryClient();
  const [isAdding, setAdding] = useState(false);
  const { data } = useQuery(trpc.accounts.list.queryOptions(undefined, { initialData: [...initial] }));
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.accounts.list.queryKey() });
  const setRole = useMutation(trpc.accounts.setRole.mutationOptions({ onSettled: refresh }));
  const told = toldError(setRole.error);
  const columns: readonly Column<UserView>[] = [
    {
      key: "name",
      title: t("name"),
      cell: (one) => (
        <span className="font-medium">
          {one.name}
          <span className="block font-regular text-ink-3 text-xs">{one.email}</span>
        </span>
      ),
    },
    {
      key: "role",
      title: t("role"),
      cell: (one) => (
        <select
          aria-label={t("roleOf", { name: one.name })}
          value={one.role}
          onChange={(event) => {
            const role = roles.find((name) => name === event.target.value);
            if (role)
              setRole.mutate(
                { userId: one.id, role },
                { onSuccess: () => toast(t("roleChanged", { name: one.name, role: tRoles(role) })) },
              );
          }}
          className="h-8 rounded-2 border border-line-field bg-surface px-2 max-md:h-11"
        >
          {roles.map((role) => (
            <option key={role} value={role}>
              {tRoles(role)}
            </option>
          ))}
        </select>
      ),
    },
    { key: "state", title: t("state"), cell: (one) => (one.mustChangePassword ? t("oneTime") : t("active")) },
    { key: "since", title: t("since"), cell: (one) => formatDay(one.createdAt, locale) },
  ];
  return (
    <>
      <PageHead title={t("users")} aside={t("usersAside", { count: data.length })}>
        <Button onClick={() => setAdding(true)}>
          <Icon name="plus" />
          {t("newUser")}
        </Button>
      </PageHead>
      {told ? (
        <div role="alert" className="px-5 pb-3">
          <Banner kind="bad">{told.sentence}</Banner>
        </div>
      ) : null}
      <Table caption={t("users")} columns={columns} rows={data} rowKey={(one) => one.id} />
      <NewUser isOpen={isAdding} onOpenChange={setAdding} onCreated={refresh} />
    </>
  );
}
