import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { RunInput } from "@/lib/dag/run-view";
import type { AttemptState, Completeness, NodeState, RunState, TaskState } from "@/lib/dag/state";
import type {
  ArtifactId,
  AttemptId,
  CyclePoint,
  NodeId,
  OrganisationId,
  PipelineId,
  RunId,
  TaskId,
  UserId,
} from "@/lib/ids";
import type { PipelineDefinition } from "@/lib/pipeline/definition";

const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** A definition never changes; a run is pinned to one by its hash. */
export const pipelineVersion = pgTable("pipeline_version", {
  hash: text("hash").primaryKey(),
  pipelineId: text("pipeline_id").$type<PipelineId>().notNull(),
  definition: jsonb("definition").$type<PipelineDefinition>().notNull(),
  createdAt: at("created_at").notNull().defaultNow(),
});

export const run = pgTable(
  "run",
  {
    id: text("id").$type<RunId>().primaryKey(),
    pipelineId: text("pipeline_id").$type<PipelineId>().notNull(),
    versionHash: text("version_hash")
      .notNull()
      .references(() => pipelineVersion.hash),
    /** Nominal time of a routinary run; null for a request. */
    cycle: text("cycle").$type<CyclePoint>(),
    input: jsonb("input").$type<RunInput>().notNull(),
    state: text("state").$type<RunState>().notNull().default("pending"),
    completeness: text("completeness").$type<Completeness>(),
    reason: text("reason"),
    generation: integer("generation").notNull().default(1),
    organisationId: text("organisation_id").$type<OrganisationId>(),
    requestedBy: text("requested_by").$type<UserId>(),
    /** A double click or a retried call carries the same key and finds the same run. */
    idempotencyKey: text("idempotency_key"),
    /** Intent of a person; the worker acts on it. */
    cancelRequestedAt: at("cancel_requested_at"),
    cancelReason: text("cancel_reason"),
    createdAt: at("created_at").notNull().defaultNow(),
    startedAt: at("started_at"),
    endedAt: at("ended_at"),
  },
  (table) => [
    uniqueIndex("run_cycle_once").on(table.pipelineId, table.cycle).where(sql`${table.cycle} is not null`),
    uniqueIndex("run_idempotency_once").on(table.idempotencyKey).where(sql`${table.idempotencyKey} is not null`),
    index("run_recent").on(table.createdAt),
    index("run_live").on(table.state).where(sql`${table.state} in ('pending', 'running', 'held')`),
  ],
);

export const node = pgTable(
  "node",
  {
    runId: text("run_id")
      .$type<RunId>()
      .notNull()
      .references(() => run.id, { onDelete: "cascade" }),
    nodeId: text("node_id").$type<NodeId>().notNull(),
    position: integer("position").notNull(),
    state: text("state").$type<NodeState>().notNull().default("waiting"),
    /** Tasks ever made for this node. */
    tasksTotal: integer("tasks_total").notNull().default(0),
    /** Tasks of this node that have not ended. */
    tasksLeft: integer("tasks_left").notNull().default(0),
    /** Upstream nodes that may still make artifacts. */
    upstreamLeft: integer("upstream_left").notNull(),
    reason: text("reason"),
  },
  (table) => [primaryKey({ columns: [table.runId, table.nodeId] })],
);

export const nodeEdge = pgTable(
  "node_edge",
  {
    runId: text("run_id")
      .$type<RunId>()
      .notNull()
      .references(() => run.id, { onDelete: "cascade" }),
    fromNode: text("from_node").$type<NodeId>().notNull(),
    toNode: text("to_node").$type<NodeId>().notNull(),
    /** The consumer starts for each artifact while the producer still runs. */
    streaming: boolean("streaming").notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.runId, table.fromNode, table.toNode] })],
);

export const task = pgTable(
  "task",
  {
    id: text("id").$type<TaskId>().primaryKey(),
    runId: text("run_id")
      .$type<RunId>()
      .notNull()
      .references(() => run.id, { onDelete: "cascade" }),
    nodeId: text("node_id").$type<NodeId>().notNull(),
    /** Names the task within its node; empty for a root or an aggregate. */
    key: text("key").notNull(),
    position: integer("position").notNull(),
    state: text("state").$type<TaskState>().notNull(),
    pool: text("pool").notNull(),
    /** Slots that it takes of its pool. */
    cpus: integer("cpus").notNull().default(1),
    priority: integer("priority").notNull().default(0),
    /** The artifact that a `single` task works on. */
    inputArtifactId: text("input_artifact_id").$type<ArtifactId>(),
    /** Attempts ever made; numbers the next one. */
    attempts: integer("attempts").notNull().default(0),
    /** Attempts that counted: not those ended by an orderly stop. */
    failures: integer("failures").notNull().default(0),
    generation: integer("generation").notNull().default(1),
    reason: text("reason"),
    readyAt: at("ready_at"),
    startedAt: at("started_at"),
    endedAt: at("ended_at"),
  },
  (table) => [
    uniqueIndex("task_once").on(table.runId, table.nodeId, table.key),
    index("task_ready").on(table.pool, table.priority, table.readyAt).where(sql`${table.state} = 'ready'`),
  ],
);

export const attempt = pgTable(
  "attempt",
  {
    id: text("id").$type<AttemptId>().primaryKey(),
    runId: text("run_id")
      .$type<RunId>()
      .notNull()
      .references(() => run.id, { onDelete: "cascade" }),
    taskId: text("task_id")
      .$type<TaskId>()
      .notNull()
      .references(() => task.id, { onDelete: "cascade" }),
    number: integer("number").notNull(),
    generation: integer("generation").notNull(),
    /** Identity of the attempt on its site; committed before anything is submitted. */
    token: text("token").notNull().unique(),
    site: text("site").notNull(),
    state: text("state").$type<AttemptState>().notNull(),
    /** What the runner returned for the job: opaque to the engine. */
    jobId: text("job_id"),
    /** Folder of the attempt on its site. */
    scratch: text("scratch").notNull(),
    /** Times in a row that the site knew nothing of the job; a connection error is no miss. */
    misses: integer("misses").notNull().default(0),
    workerId: text("worker_id"),
    leaseExpiresAt: at("lease_expires_at"),
    submittedAt: at("submitted_at"),
    startedAt: at("started_at"),
    endedAt: at("ended_at"),
    exitCode: integer("exit_code"),
    signal: text("signal"),
    maxRssBytes: bigint("max_rss_bytes", { mode: "number" }),
    cpuSeconds: doublePrecision("cpu_seconds"),
  },
  (table) => [
    uniqueIndex("attempt_once").on(table.taskId, table.number),
    index("attempt_live").on(table.site).where(sql`${table.state} in ('staging', 'submitted', 'running')`),
  ],
);

export const artifact = pgTable(
  "artifact",
  {
    id: text("id").$type<ArtifactId>().primaryKey(),
    runId: text("run_id")
      .$type<RunId>()
      .notNull()
      .references(() => run.id, { onDelete: "cascade" }),
    nodeId: text("node_id").$type<NodeId>().notNull(),
    taskId: text("task_id")
      .$type<TaskId>()
      .notNull()
      .references(() => task.id, { onDelete: "cascade" }),
    attemptId: text("attempt_id").$type<AttemptId>().notNull(),
    /** Path inside the attempt's `out/`. */
    path: text("path").notNull(),
    key: text("key").notNull(),
    ordinal: integer("ordinal").notNull(),
    sizeBytes: bigint("size_bytes", { mode: "number" }).notNull(),
    sha256: text("sha256").notNull(),
    originId: text("origin_id").$type<ArtifactId>(),
    committedAt: at("committed_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("artifact_once").on(table.taskId, table.path),
    index("artifact_of_node").on(table.runId, table.nodeId),
  ],
);

/** Append-only, ordered; feeds server-sent events, webhooks and the history of a run. */
export const event = pgTable(
  "event",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    runId: text("run_id")
      .$type<RunId>()
      .notNull()
      .references(() => run.id, { onDelete: "cascade" }),
    at: at("at").notNull().defaultNow(),
    kind: text("kind").notNull(),
    nodeId: text("node_id").$type<NodeId>(),
    taskId: text("task_id").$type<TaskId>(),
    data: jsonb("data").$type<Record<string, unknown>>().notNull().default({}),
  },
  (table) => [index("event_of_run").on(table.runId, table.id)],
);
