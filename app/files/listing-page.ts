import { type Locale, messages } from "@/lib/messages/messages";
import type { OpenFilesAnswer } from "@/server/services/open-data/browse-files";

type Listing = Extract<OpenFilesAnswer, { kind: "listing" }>;

/** A folder of the open files as the plain index page that people and `wget -r` know. */
export function listingPage({ folder, entries, licence, citation }: Listing, locale: Locale): string {
  const words = messages[locale].data;
  const title = words.indexOf.replace("{folder}", `/files/${folder}`);
  const lines = entries.map(({ name, immutable }) => {
    const pinned =
      immutable === null
        ? ""
        : ` <a href="${escapeHtml(encodeURI(immutable))}" rel="nofollow">${escapeHtml(words.pinnedFile)}</a>`;
    return `<li><a href="/files/${escapeHtml(`${folder}${name}`)}">${escapeHtml(name)}</a>${pinned}</li>`;
  });
  const up = folder === "" ? "" : `<li><a href="/files/${escapeHtml(folder.replace(/[^/]*\/$/, ""))}">../</a></li>`;
  const terms = [licence, citation].filter((text) => text !== null).map((text) => `<p>${escapeHtml(text)}</p>`);
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>${escapeHtml(title)}</title></head>
<body><h1>${escapeHtml(title)}</h1><ul>${up}${lines.join("\n")}</ul>${terms.join("")}</body></html>
`;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
