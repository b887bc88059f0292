/** Formats of other systems and our own, by the word that `--format` takes. */
export const importFormats = ["json", "dagonstar"] as const;
export type ImportFormat = (typeof importFormats)[number];
export const exportFormats = ["json", "dagonstar", "capio-cl"] as const;
export type ExportFormat = (typeof exportFormats)[number];
