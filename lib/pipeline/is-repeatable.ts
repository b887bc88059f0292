import type { HttpRequest } from "@/lib/pipeline/web-node";

/** Whether asking twice does no more than asking once: a method that only reads, or a key by which the server knows. */
export const isRepeatable = ({
  method,
  idempotencyKey,
  headers,
}: Pick<HttpRequest, "method" | "idempotencyKey" | "headers">): boolean =>
  isSafeMethod(method) || idempotencyKey || Object.keys(headers).some(isKeyHeader);

/** A method that changes nothing at the server. Source: RFC 9110, 9.2.1. */
export const isSafeMethod = (method: string): boolean => method === "GET" || method === "HEAD";

/** Source: draft-ietf-httpapi-idempotency-key-header. */
export const isKeyHeader = (name: string): boolean => name.toLowerCase() === "idempotency-key";
