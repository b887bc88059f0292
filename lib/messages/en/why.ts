import type { WhyReason } from "@/lib/dag/why";

/** Why something waits, or where it is; one sentence for each kind of reason. */
const reasons: Record<WhyReason["kind"], string> = {
  ended: "It has ended: {state}. {reason}",
  "run-held": "The run is held by {by} since {at}: {reason}",
  "node-held": "The step is held by {by} since {at}: {reason}",
  "task-held": "The task is held by {by} since {at}: {reason}",
  "held-by-pipeline": "Its pipeline holds it until somebody releases it.",
  "run-cancelling": "The run is being cancelled: {reason}",
  "no-worker": "No worker is running. Start Nereus, or look at its log.",
  upstream: "It waits for {node}: {state}, {left} of {total} tasks left.",
  "other-run": "Its input {input} waits for another run: {workflow} {cycle}",
  deadline: "Its input {input} goes on with what is there at {at}.",
  tasks: "{left} of its {total} tasks have not ended.",
  planner: "Everything before it has ended; it is about to be planned.",
  "pool-full": "The pool {pool} at {site} is full: {taken} of {slots} slots are taken.",
  "no-site": "No site has a pool {pool}. Add it to a site in nereus.config.ts.",
  queue: "{ahead} ready tasks of the pool {pool} come before it.",
  "next-look": "There is room; a worker takes it at its next look.",
  "retry-at": "It is tried again at {at}. {reason}",
  "waits-for": "It has not come yet: {what}",
  preparing: "Its inputs are being brought to {site}.",
  "queue-says": "The queue says: {what}",
  "queued-at-site": "It is in the queue of {site} since {since}.",
  "at-work": "It runs at {site} since {since}.",
};

export const why = {
  reasons,
  somebody: "somebody",
  host: "the command line of the machine",
  pipeline: "this pipeline",
};
