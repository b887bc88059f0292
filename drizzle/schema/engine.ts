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
import type { GraphNode } from "@/lib/dag/graph";
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
import type { NodeDefinition, PipelineDefinition } from "@/lib/pipeline/definition";

const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** A definition never changes; a run is pinned to one by its hash. */
export const pipelineVersion = pgTable("pipeline_version", {
  hash: text("hash").primaryKey(),
  pipelineId: text("pipeline_id").$type<PipelineId>().notNull(),
  definition: jsonb("definition").$type<PipelineDefinition>().notNull(),
  createdAt: at("created_at").notNull().defaultNow(),
});

/** Nodes of a version with what planning in the database needs; written once with the version. */
export const versionNode = pgTable(
  "version_node",
  {
    hash: text("hash")
      .notNull()
      .references(() => pipelineVersion.hash, { onDelete: "cascade" }),
    nodeId: text("node_id").$type<NodeId>().notNull(),
    position: integer("position").notNull(),
    fan: text("fan").$type<NodeDefinition["fan"]>().notNull(),
    /** Who launches it: the transition in the database (`sql`) or the pure planner. */
    planner: text("planner").$type<GraphNode["planner"]>().notNull(),
    upstreamTotal: integer("upstream_total").notNull(),
    /** Something is fanned over or read as its work; without, it gets one task. */
    hasMain: boolean("has_main").notNull(),
    /** It takes files of a producer that still runs. */
    streams: boolean("streams").notNull(),
    hold: boolean("hold").notNull(),
    pool: text("pool").notNull(),
    cpus: integer("cpus").notNull(),
    priority: integer("priority").notNull(),
  },
  (table) => [primaryKey({ columns: [table.hash, table.nodeId] })],
);

/** Inputs and order-only edges of a version; an edge never depends on how many tasks its nodes get. */
export const versionEdge = pgTable(
  "version_edge",
  {
    hash: text("hash")
      .notNull()
      .references(() => pipelineVersion.hash, { onDelete: "cascade" }),
    fromNode: text("from_node").$type<NodeId>().notNull(),
    toNode: text("to_node").$type<NodeId>().notNull(),
    /** Name of the input; empty for an edge that only orders. */
    input: text("input").notNull(),
    ordinal: integer("ordinal").notNull(),
    role: text("role").$type<"main" | "side" | "after">().notNull(),
    /** Regular expression for paths of artifacts; null takes all. */
    pattern: text("pattern"),
    /** It asks for one file by its name: that is work even when the file is absent. */
    named: boolean("named").notNull(),
    /** The consumer starts for each artifact while the producer still runs. */
    streaming: boolean("streaming").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.hash, table.toNode, table.fromNode, table.input] }),
    index("version_edge_from").on(table.hash, table.fromNode),
  ],
);

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
    /** The generation that its products are published under: a retry goes on with what was published before. */
    productGeneration: integer("product_generation").notNull().default(1),
    /** Nodes that are not done yet; the run is completed when none is left. */
    nodesLeft: integer("nodes_left").notNull().default(0),
    /** The database has come to nodes that only the pure planner can launch. */
    needsPlanner: boolean("needs_planner").notNull().default(false),
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
    /** Tasks of this node that failed for good without failing the run. */
    tasksFailed: integer("tasks_failed").notNull().default(0),
    /** It works on less than all that it could have had. */
    partial: boolean("partial").notNull().default(false),
    /** An operator holds it: its tasks are made `held`. */
    held: boolean("held").notNull().default(false),
    /** Upstream nodes that may still make artifacts. */
    upstreamLeft: integer("upstream_left").notNull(),
    reason: text("reason"),
  },
  (table) => [primaryKey({ columns: [table.runId, table.nodeId] })],
);

/*
 * Tasks, attempts, artifacts and events refer to their run without a foreign key: checking one costs as much as writing
 * the row, and a fan-out writes tens of thousands. Only the engine writes them, and retention deletes them with the run.
 */

export const task = pgTable(
  "task",
  {
    id: text("id").$type<TaskId>().primaryKey(),
    runId: text("run_id").$type<RunId>().notNull(),
    nodeId: text("node_id").$type<NodeId>().notNull(),
    /** Names the task within its node; empty for a root or an aggregate. */
    key: text("key").notNull(),
    position: integer("position").notNull(),
    state: text("state").$type<TaskState>().notNull(),
    pool: text("pool").notNull(),
    /**
     * The pool while the task is ready. The index is on this column and not on the state, so that every other change of
     * state leaves all indexes alone.
     */
    readyPool: text("ready_pool").generatedAlwaysAs(sql`case when state = 'ready' then pool end`),
    /** Slots that it takes of its pool. */
    cpus: integer("cpus").notNull().default(1),
    priority: integer("priority").notNull().default(0),
    /** The artifact that a `single` task works on. */
    inputArtifactId: text("input_artifact_id").$type<ArtifactId>(),
    /** What its artifacts come from in the end; the group of a `grouped` task. */
    originId: text("origin_id").$type<ArtifactId>(),
    /** When a `waiting` task becomes ready by itself. */
    dueAt: at("due_at"),
    /** A rerun has put another task in its place; kept for the history. */
    superseded: boolean("superseded").notNull().default(false),
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
    uniqueIndex("task_once").on(table.runId, table.nodeId, table.key).where(sql`not ${table.superseded}`),
    index("task_ready")
      .on(table.readyPool, table.priority.desc(), table.readyAt, table.position)
      .where(sql`${table.readyPool} is not null`),
    index("task_due").on(table.dueAt).where(sql`${table.dueAt} is not null`),
  ],
);

/** When an input stops waiting for all that it could have (quorum, fallback). */
export const runDeadline = pgTable(
  "run_deadline",
  {
    runId: text("run_id")
      .$type<RunId>()
      .notNull()
      .references(() => run.id, { onDelete: "cascade" }),
    nodeId: text("node_id").$type<NodeId>().notNull(),
    input: text("input").notNull(),
    dueAt: at("due_at").notNull(),
    /** The run has been looked at since it passed. */
    isTold: boolean("is_told").notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.nodeId, table.input] }),
    index("run_deadline_next").on(table.dueAt).where(sql`not ${table.isTold}`),
  ],
);

export const attempt = pgTable(
  "attempt",
  {
    id: text("id").$type<AttemptId>().primaryKey(),
    runId: text("run_id").$type<RunId>().notNull(),
    taskId: text("task_id").$type<TaskId>().notNull(),
    number: integer("number").notNull(),
    generation: integer("generation").notNull(),
    /** Identity of the attempt on its site; committed before anything is submitted. */
    token: text("token").notNull(),
    site: text("site").notNull(),
    /** The site while the attempt is live; indexed in place of the state, as in `task`. */
    liveSite: text("live_site").generatedAlwaysAs(
      sql`case when state in ('staging', 'submitted', 'running') then site end`,
    ),
    pool: text("pool").notNull(),
    /** Slots that it takes of its pool while it is live. */
    slots: integer("slots").notNull(),
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
    /** When its work folder was emptied but for logs, sentinel, manifest and committed files. */
    cleanedAt: at("cleaned_at"),
  },
  (table) => [
    uniqueIndex("attempt_once").on(table.runId, table.taskId, table.number),
    index("attempt_live").on(table.liveSite, table.pool).where(sql`${table.liveSite} is not null`),
  ],
);

export const artifact = pgTable(
  "artifact",
  {
    id: text("id").$type<ArtifactId>().primaryKey(),
    runId: text("run_id").$type<RunId>().notNull(),
    nodeId: text("node_id").$type<NodeId>().notNull(),
    taskId: text("task_id").$type<TaskId>().notNull(),
    attemptId: text("attempt_id").$type<AttemptId>().notNull(),
    /** Path inside the attempt's `out/`. */
    path: text("path").notNull(),
    key: text("key").notNull(),
    /** Order of commitment; within a task the order of its output. */
    sequence: bigserial("sequence", { mode: "number" }).notNull(),
    sizeBytes: bigint("size_bytes", { mode: "number" }).notNull(),
    sha256: text("sha256").notNull(),
    mimeType: text("mime_type"),
    metadata: jsonb("metadata").$type<Readonly<Record<string, unknown>>>().notNull().default({}),
    originId: text("origin_id").$type<ArtifactId>(),
    /** A rerun of its task is about to replace it; the same row then holds what the rerun made. */
    superseded: boolean("superseded").notNull().default(false),
    committedAt: at("committed_at").notNull().defaultNow(),
    /** When its bytes were found to differ from what was committed. */
    taintedAt: at("tainted_at"),
    /** Its file is about to be removed, since nothing refers to it. */
    markedAt: at("marked_at"),
    /** Its file has been removed. */
    collectedAt: at("collected_at"),
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
    runId: text("run_id").$type<RunId>().notNull(),
    at: at("at").notNull().defaultNow(),
    kind: text("kind").notNull(),
    nodeId: text("node_id").$type<NodeId>(),
    taskId: text("task_id").$type<TaskId>(),
    data: jsonb("data").$type<Record<string, unknown>>().notNull().default({}),
  },
  (table) => [index("event_of_run").on(table.runId, table.id)],
);
