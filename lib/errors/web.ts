/** Http and websocket nodes: failures of what is asked of a web server. */
export type WebErrors = {
  "web-request-invalid": { node: string; problem: string };
  "web-not-here": { node: string; site: string };
  "web-unanswered": { url: string; tries: number; problem: string };
  "web-answer-unexpected": { url: string; status: number; expected: string; said: string };
  "web-answer-too-large": { url: string; limitBytes: number };
  "web-field-missing": { url: string; field: string; pointer: string };
  "web-answer-no-json": { url: string };
  "web-outcome-unknown": { url: string; problem: string };
  "socket-message-too-large": { url: string; limitBytes: number };
  "socket-silent": { url: string; seconds: number; heard: number };
};
