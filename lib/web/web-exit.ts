/** Exit codes of web jobs, for a person as those of curl and sysexits. */
export const webExit = {
  /** The server has clearly answered, but not as expected. */
  answered: 22,
  /** The server has answered as expected, and so done its part, but with what the node cannot use. */
  unusable: 65,
  /** Nobody knows what the server did, or it was too busy to say. */
  unanswered: 75,
  timedOut: 124,
  cancelled: 143,
} as const;
