import type { APIRequestContext } from "playwright-core";

/** What a call over HTTP gave: `data` when it went well, else the error's body. */
export type ApiAnswer = {
  readonly status: number;
  readonly data: unknown;
  readonly error: { readonly code: string; readonly sentence: string; readonly fields: unknown } | null;
};

/** Makes a change through the API with the cookies of a visitor, as a program would. */
export async function mutate(
  request: APIRequestContext,
  name: string,
  input: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<ApiAnswer> {
  return answerOf(await request.post(`/api/trpc/${name}`, { data: input, headers }));
}

/** Asks the API with the cookies of a visitor. */
export async function query(request: APIRequestContext, name: string, input: unknown): Promise<ApiAnswer> {
  return answerOf(await request.get(`/api/trpc/${name}?input=${encodeURIComponent(JSON.stringify(input))}`));
}

async function answerOf(response: { status(): number; text(): Promise<string> }): Promise<ApiAnswer> {
  const text = await response.text();
  const body = text.startsWith("{") ? JSON.parse(text) : {};
  return { status: response.status(), data: body.result?.data, error: body.error?.data?.nereus ?? null };
}
