/** The files that a web node makes below `out/`: its record, and what is kept beside it. */
export const webFiles = (save: string | null): readonly string[] => ["record.json", ...(save === null ? [] : [save])];
