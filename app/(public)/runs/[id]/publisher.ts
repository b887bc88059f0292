/** A step that publishes, and the product that it makes. */
export type Publisher = { readonly nodeId: string; readonly productId: string };
