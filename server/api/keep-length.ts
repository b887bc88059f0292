import { subscribe } from "node:diagnostics_channel";
import { ServerResponse } from "node:http";

/** Under this name an answer carries its length past the framework, which drops `content-length` of every route. */
export const lengthHeader = "x-content-length";

/** Gives answers their `content-length`: GDAL opens no file whose size it is not told, and downloads show no progress. */
export function keepLength(): void {
  subscribe("http.server.request.start", (message) => {
    const response = typeof message === "object" && message !== null && "response" in message ? message.response : null;
    if (response instanceof ServerResponse) renameLength(response);
  });
}

function renameLength(response: ServerResponse): void {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) => {
    const isLength = name.toLowerCase() === lengthHeader;
    return isLength ? setHeader("content-length", String(value)) : setHeader(name, value);
  };
}
