"use client";
import { useQueryClient } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, TRPCClientError } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import type { AppRouter } from "@/server/api/app-router";
import type { ApiError } from "@/server/api/map-error";

const context = createTRPCContext<AppRouter>();
/** Typed calls of the portal for queries and mutations. */
export const useTRPC = context.useTRPC;

/** One client per browser; calls made at once travel together. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const [client] = useState(() => createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: "/api/trpc" })] }));
  return (
    <context.TRPCProvider trpcClient={client} queryClient={queryClient}>
      {children}
    </context.TRPCProvider>
  );
}

/** What a failed call tells; null while it has not failed. A call that never arrived has no sentence of the server. */
export function toldError(error: unknown): ApiError | null {
  if (!error) return null;
  if (error instanceof TRPCClientError && isApiError(error.data?.nereus)) return error.data.nereus;
  return {
    code: "internal",
    sentence: error instanceof Error ? error.message : String(error),
    fields: {},
    reference: null,
  };
}

function isApiError(value: unknown): value is ApiError {
  return typeof value === "object" && value !== null && "sentence" in value && "fields" in value;
}
