/** Roles of accounts, from least to most; a person without an account is a viewer. A farmer is a requester with places. */
export const roles = ["requester", "operator", "officer", "admin"] as const;
export type Role = (typeof roles)[number];
