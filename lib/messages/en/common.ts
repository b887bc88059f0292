/** Words that every screen shares. */
export const common = {
  close: "Close",
  cancel: "Keep as it is",
  tryAgain: "Try again",
  copy: "Copy",
  copied: "Copied",
  loading: "Loading",
  errorTitle: "This did not arrive.",
  errorKept: "What you typed is kept.",
  reason: "Reason",
  reasonHint: "It is kept in the audit log.",
  none: "none",
  noData: "no data",
  notYet: "not yet",
  optional: "optional",
  age: "{age} old",
  hours: "hours",
};
