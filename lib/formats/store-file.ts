/** A file of a product, its path relative to the product's folder, always with `/`. */
export type StoreFile = { readonly path: string; readonly bytes: Uint8Array };

/**
 * Makes a gzip member. lib has no deflate of its own: callers hand in that of their platform, which may work on several
 * arrays at once.
 */
export type Gzip = (bytes: Uint8Array) => Promise<Uint8Array>;

/** Opens a gzip member. */
export type Gunzip = (bytes: Uint8Array) => Uint8Array;
