/** Who may do what: failures of sign-in, permission and quota. */
export type AccessErrors = {
  "sign-in-required": { verb: string };
  "not-permitted": { verb: string; role: string; needed: string };
  "farms-too-many": { limit: number };
  "account-unknown": { account: string };
  "email-taken": { email: string };
  "last-admin": { email: string };
  "password-wrong": Record<string, never>;
  "password-too-short": { length: number; needed: number };
  "sign-in-refused": Record<string, never>;
};
