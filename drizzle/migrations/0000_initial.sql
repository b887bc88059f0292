CREATE TABLE "account" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "membership" (
	"organisation_id" text NOT NULL,
	"user_id" text NOT NULL,
	CONSTRAINT "membership_organisation_id_user_id_pk" PRIMARY KEY("organisation_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "organisation" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "user" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"role" text DEFAULT 'requester' NOT NULL,
	"must_change_password" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verification" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cycle_intent" (
	"pipeline_id" text NOT NULL,
	"cycle" text NOT NULL,
	"schedule_id" text,
	"backfill_id" text,
	"backfill_limit" integer,
	"input" jsonb NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"reason" text,
	"about" text,
	"started_at" timestamp with time zone,
	CONSTRAINT "cycle_intent_pipeline_id_cycle_pk" PRIMARY KEY("pipeline_id","cycle")
);
--> statement-breakpoint
CREATE TABLE "artifact" (
	"id" text PRIMARY KEY NOT NULL,
	"run_id" text NOT NULL,
	"node_id" text NOT NULL,
	"task_id" text NOT NULL,
	"attempt_id" text NOT NULL,
	"path" text NOT NULL,
	"key" text NOT NULL,
	"sequence" bigserial NOT NULL,
	"size_bytes" bigint NOT NULL,
	"sha256" text NOT NULL,
	"mime_type" text,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"origin_id" text,
	"superseded" boolean DEFAULT false NOT NULL,
	"committed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"tainted_at" timestamp with time zone,
	"marked_at" timestamp with time zone,
	"collected_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "attempt" (
	"id" text PRIMARY KEY NOT NULL,
	"run_id" text NOT NULL,
	"task_id" text NOT NULL,
	"number" integer NOT NULL,
	"generation" integer NOT NULL,
	"token" text NOT NULL,
	"site" text NOT NULL,
	"live_site" text GENERATED ALWAYS AS (case when state in ('staging', 'submitted', 'running') then site end) STORED,
	"pool" text NOT NULL,
	"slots" integer NOT NULL,
	"state" text NOT NULL,
	"job_id" text,
	"scratch" text NOT NULL,
	"misses" integer DEFAULT 0 NOT NULL,
	"worker_id" text,
	"lease_expires_at" timestamp with time zone,
	"submitted_at" timestamp with time zone,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"exit_code" integer,
	"signal" text,
	"max_rss_bytes" bigint,
	"cpu_seconds" double precision,
	"cleaned_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "event" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"run_id" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"kind" text NOT NULL,
	"node_id" text,
	"task_id" text,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "node" (
	"run_id" text NOT NULL,
	"node_id" text NOT NULL,
	"position" integer NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"tasks_total" integer DEFAULT 0 NOT NULL,
	"tasks_left" integer DEFAULT 0 NOT NULL,
	"tasks_failed" integer DEFAULT 0 NOT NULL,
	"partial" boolean DEFAULT false NOT NULL,
	"held" boolean DEFAULT false NOT NULL,
	"upstream_left" integer NOT NULL,
	"reason" text,
	CONSTRAINT "node_run_id_node_id_pk" PRIMARY KEY("run_id","node_id")
);
--> statement-breakpoint
CREATE TABLE "pipeline_version" (
	"hash" text PRIMARY KEY NOT NULL,
	"pipeline_id" text NOT NULL,
	"definition" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "run" (
	"id" text PRIMARY KEY NOT NULL,
	"pipeline_id" text NOT NULL,
	"version_hash" text NOT NULL,
	"cycle" text,
	"input" jsonb NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"completeness" text,
	"reason" text,
	"generation" integer DEFAULT 1 NOT NULL,
	"product_generation" integer DEFAULT 1 NOT NULL,
	"nodes_left" integer DEFAULT 0 NOT NULL,
	"needs_planner" boolean DEFAULT false NOT NULL,
	"organisation_id" text,
	"requested_by" text,
	"idempotency_key" text,
	"cancel_requested_at" timestamp with time zone,
	"cancel_reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "run_deadline" (
	"run_id" text NOT NULL,
	"node_id" text NOT NULL,
	"input" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"is_told" boolean DEFAULT false NOT NULL,
	CONSTRAINT "run_deadline_run_id_node_id_input_pk" PRIMARY KEY("run_id","node_id","input")
);
--> statement-breakpoint
CREATE TABLE "task" (
	"id" text PRIMARY KEY NOT NULL,
	"run_id" text NOT NULL,
	"node_id" text NOT NULL,
	"key" text NOT NULL,
	"position" integer NOT NULL,
	"state" text NOT NULL,
	"pool" text NOT NULL,
	"ready_pool" text GENERATED ALWAYS AS (case when state = 'ready' then pool end) STORED,
	"cpus" integer DEFAULT 1 NOT NULL,
	"priority" integer DEFAULT 0 NOT NULL,
	"input_artifact_id" text,
	"origin_id" text,
	"due_at" timestamp with time zone,
	"superseded" boolean DEFAULT false NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"generation" integer DEFAULT 1 NOT NULL,
	"reason" text,
	"ready_at" timestamp with time zone,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "version_edge" (
	"hash" text NOT NULL,
	"from_node" text NOT NULL,
	"to_node" text NOT NULL,
	"input" text NOT NULL,
	"ordinal" integer NOT NULL,
	"role" text NOT NULL,
	"pattern" text,
	"named" boolean NOT NULL,
	"streaming" boolean NOT NULL,
	CONSTRAINT "version_edge_hash_to_node_from_node_input_pk" PRIMARY KEY("hash","to_node","from_node","input")
);
--> statement-breakpoint
CREATE TABLE "version_node" (
	"hash" text NOT NULL,
	"node_id" text NOT NULL,
	"position" integer NOT NULL,
	"fan" text NOT NULL,
	"planner" text NOT NULL,
	"upstream_total" integer NOT NULL,
	"has_main" boolean NOT NULL,
	"streams" boolean NOT NULL,
	"hold" boolean NOT NULL,
	"pool" text NOT NULL,
	"cpus" integer NOT NULL,
	"priority" integer NOT NULL,
	CONSTRAINT "version_node_hash_node_id_pk" PRIMARY KEY("hash","node_id")
);
--> statement-breakpoint
CREATE TABLE "dagon_token" (
	"id" text PRIMARY KEY NOT NULL,
	"label" text NOT NULL,
	"secret_hash" text NOT NULL,
	"created_by" text,
	"created_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "dagon_token_secret_hash_unique" UNIQUE("secret_hash")
);
--> statement-breakpoint
CREATE TABLE "external_edge" (
	"run_id" text NOT NULL,
	"task" text NOT NULL,
	"dependency" text NOT NULL,
	CONSTRAINT "external_edge_run_id_task_dependency_pk" PRIMARY KEY("run_id","task","dependency")
);
--> statement-breakpoint
CREATE TABLE "external_event" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"run_id" text NOT NULL,
	"task" text,
	"at" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "external_run" (
	"id" text PRIMARY KEY NOT NULL,
	"token_id" text NOT NULL,
	"name" text NOT NULL,
	"host" text,
	"subscribers" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "external_task" (
	"run_id" text NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"status" text NOT NULL,
	"fields" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "external_task_run_id_name_pk" PRIMARY KEY("run_id","name")
);
--> statement-breakpoint
CREATE TABLE "attempt_failure" (
	"attempt_id" text PRIMARY KEY NOT NULL,
	"run_id" text NOT NULL,
	"task_id" text NOT NULL,
	"generation" integer NOT NULL,
	"failure" text NOT NULL,
	"reason" text NOT NULL,
	"detail" text,
	"host" text,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "imported_pipeline" (
	"pipeline_id" text PRIMARY KEY NOT NULL,
	"version_hash" text NOT NULL,
	"format" text NOT NULL,
	"source" text NOT NULL,
	"imported_by" text,
	"imported_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor_id" text,
	"actor_kind" text NOT NULL,
	"verb" text NOT NULL,
	"subject" text NOT NULL,
	"reason" text,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "met_source" (
	"source" text PRIMARY KEY NOT NULL,
	"inventory" jsonb NOT NULL,
	"refreshed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "product" (
	"run_id" text NOT NULL,
	"product_id" text NOT NULL,
	"generation" integer NOT NULL,
	"pipeline_id" text NOT NULL,
	"store_path" text NOT NULL,
	"description" jsonb NOT NULL,
	"coverage" jsonb NOT NULL,
	"organisation_id" text,
	"published_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "product_run_id_product_id_generation_pk" PRIMARY KEY("run_id","product_id","generation")
);
--> statement-breakpoint
CREATE TABLE "schedule" (
	"id" text PRIMARY KEY NOT NULL,
	"pipeline_id" text NOT NULL,
	"cron" text NOT NULL,
	"time_zone" text NOT NULL,
	"input" jsonb NOT NULL,
	"paused" boolean DEFAULT false NOT NULL,
	"pause_reason" text,
	"owner_id" text,
	"last_cycle" text,
	"overlap" text DEFAULT 'queue' NOT NULL,
	"catch_up" integer DEFAULT 1 NOT NULL,
	"runahead" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "worker" (
	"id" text PRIMARY KEY NOT NULL,
	"host" text NOT NULL,
	"pid" integer NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"heartbeat_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "collection" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"runs" integer NOT NULL,
	"files" integer NOT NULL,
	"bytes" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pin" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"run_id" text NOT NULL,
	"node_id" text,
	"reason" text NOT NULL,
	"pinned_by" text,
	"pinned_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "run_sweep" (
	"run_id" text PRIMARY KEY NOT NULL,
	"swept_at" timestamp with time zone NOT NULL,
	"next_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "content_key" (
	"attempt_id" text PRIMARY KEY NOT NULL,
	"run_id" text NOT NULL,
	"pipeline_id" text NOT NULL,
	"node_id" text NOT NULL,
	"task_id" text NOT NULL,
	"task_key" text NOT NULL,
	"key" text,
	"components" jsonb NOT NULL,
	"decision" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"completed_at" timestamp with time zone,
	"outputs" jsonb DEFAULT '[]'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "farm" (
	"id" text PRIMARY KEY NOT NULL,
	"owner_id" text,
	"organisation_id" text,
	"name" text NOT NULL,
	"rings" jsonb NOT NULL,
	"depth_m" double precision NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sea_source" (
	"source" text PRIMARY KEY NOT NULL,
	"inventory" jsonb NOT NULL,
	"refreshed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "run_source" (
	"id" text PRIMARY KEY NOT NULL,
	"run_id" text NOT NULL,
	"node_id" text NOT NULL,
	"input" text NOT NULL,
	"pipeline_id" text NOT NULL,
	"cycle" text NOT NULL,
	"source_run_id" text,
	"is_substitute" boolean DEFAULT false NOT NULL,
	"is_expired" boolean DEFAULT false NOT NULL,
	"deadline_at" timestamp with time zone,
	"due_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "wait" (
	"task_id" text PRIMARY KEY NOT NULL,
	"run_id" text NOT NULL,
	"node_id" text NOT NULL,
	"kind" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone,
	"key" text,
	"seen" jsonb,
	"found" jsonb,
	"reason" text
);
--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership" ADD CONSTRAINT "membership_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership" ADD CONSTRAINT "membership_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "node" ADD CONSTRAINT "node_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_version_hash_pipeline_version_hash_fk" FOREIGN KEY ("version_hash") REFERENCES "public"."pipeline_version"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_deadline" ADD CONSTRAINT "run_deadline_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version_edge" ADD CONSTRAINT "version_edge_hash_pipeline_version_hash_fk" FOREIGN KEY ("hash") REFERENCES "public"."pipeline_version"("hash") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version_node" ADD CONSTRAINT "version_node_hash_pipeline_version_hash_fk" FOREIGN KEY ("hash") REFERENCES "public"."pipeline_version"("hash") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "external_edge" ADD CONSTRAINT "external_edge_run_id_external_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."external_run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "external_event" ADD CONSTRAINT "external_event_run_id_external_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."external_run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "external_run" ADD CONSTRAINT "external_run_token_id_dagon_token_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."dagon_token"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "external_task" ADD CONSTRAINT "external_task_run_id_external_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."external_run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imported_pipeline" ADD CONSTRAINT "imported_pipeline_version_hash_pipeline_version_hash_fk" FOREIGN KEY ("version_hash") REFERENCES "public"."pipeline_version"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product" ADD CONSTRAINT "product_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_source" ADD CONSTRAINT "run_source_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wait" ADD CONSTRAINT "wait_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cycle_intent_waiting" ON "cycle_intent" USING btree ("pipeline_id") WHERE "cycle_intent"."state" = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "artifact_once" ON "artifact" USING btree ("task_id","path");--> statement-breakpoint
CREATE INDEX "artifact_of_node" ON "artifact" USING btree ("run_id","node_id");--> statement-breakpoint
CREATE UNIQUE INDEX "attempt_once" ON "attempt" USING btree ("run_id","task_id","number");--> statement-breakpoint
CREATE INDEX "attempt_live" ON "attempt" USING btree ("live_site","pool") WHERE "attempt"."live_site" is not null;--> statement-breakpoint
CREATE INDEX "event_of_run" ON "event" USING btree ("run_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "run_cycle_once" ON "run" USING btree ("pipeline_id","cycle") WHERE "run"."cycle" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "run_idempotency_once" ON "run" USING btree ("idempotency_key") WHERE "run"."idempotency_key" is not null;--> statement-breakpoint
CREATE INDEX "run_recent" ON "run" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "run_live" ON "run" USING btree ("state") WHERE "run"."state" in ('pending', 'running', 'held');--> statement-breakpoint
CREATE INDEX "run_deadline_next" ON "run_deadline" USING btree ("due_at") WHERE not "run_deadline"."is_told";--> statement-breakpoint
CREATE UNIQUE INDEX "task_once" ON "task" USING btree ("run_id","node_id","key") WHERE not "task"."superseded";--> statement-breakpoint
CREATE INDEX "task_ready" ON "task" USING btree ("ready_pool","priority" DESC NULLS LAST,"ready_at","position") WHERE "task"."ready_pool" is not null;--> statement-breakpoint
CREATE INDEX "task_due" ON "task" USING btree ("due_at") WHERE "task"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "version_edge_from" ON "version_edge" USING btree ("hash","from_node");--> statement-breakpoint
CREATE INDEX "external_event_of_run" ON "external_event" USING btree ("run_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "external_run_name" ON "external_run" USING btree ("token_id","name");--> statement-breakpoint
CREATE INDEX "external_run_recent" ON "external_run" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "attempt_failure_of_task" ON "attempt_failure" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "attempt_failure_of_run" ON "attempt_failure" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "audit_recent" ON "audit" USING btree ("at");--> statement-breakpoint
CREATE INDEX "product_newest" ON "product" USING btree ("product_id","published_at");--> statement-breakpoint
CREATE INDEX "collection_recent" ON "collection" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "pin_once" ON "pin" USING btree ("run_id",coalesce("node_id", ''));--> statement-breakpoint
CREATE INDEX "run_sweep_next" ON "run_sweep" USING btree ("next_at");--> statement-breakpoint
CREATE INDEX "content_key_done" ON "content_key" USING btree ("key","completed_at" DESC NULLS LAST) WHERE "content_key"."completed_at" is not null;--> statement-breakpoint
CREATE INDEX "content_key_of_node" ON "content_key" USING btree ("pipeline_id","node_id","task_key","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "content_key_of_run" ON "content_key" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "farm_owner" ON "farm" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "farm_organisation" ON "farm" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "run_source_due" ON "run_source" USING btree ("due_at") WHERE "run_source"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "run_source_wanted" ON "run_source" USING btree ("pipeline_id","cycle") WHERE "run_source"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "run_source_of_run" ON "run_source" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "wait_due" ON "wait" USING btree ("due_at") WHERE "wait"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "wait_key" ON "wait" USING btree ("key") WHERE "wait"."key" is not null;--> statement-breakpoint
CREATE INDEX "wait_of_run" ON "wait" USING btree ("run_id");