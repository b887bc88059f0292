import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { NereusError } from "@/lib/errors";
import { exportTaskMap } from "@/lib/interchange/dagonstar/export-task-map";
import { importTaskMap } from "@/lib/interchange/dagonstar/import-task-map";
import { slugNames } from "@/lib/interchange/dagonstar/slug-names";
import { canonicalJson } from "@/lib/pipeline/canonical-json";
import { command, definePipeline } from "@/lib/pipeline/define-pipeline";
import { upstreamOf } from "@/lib/pipeline/find-cycle";
import { randomDefinition } from "@/test/fixtures/random-definition";
import { randomJson } from "@/test/fixtures/random-json";

const about = { file: "wf.json" };
const task = (name: string, fields: object = {}) => ({
  ...{ name, status: "READY", working_dir: null, nexts: [], prevs: [], command: "true", type: "batch" },
  ...fields,
});
const mapOf = (...tasks: { name: string }[]) => ({
  ...{ id: "6536e29150576963751fae4b", name: "Environmental-App", host: "localhost" },
  tasks: Object.fromEntries(tasks.map((one) => [one.name, one])),
});

/** What DAGonStar's own `as_json` writes, with what it forgets: Slurm parameters, images, addresses. */
const whole = mapOf(
  task("WPS", {
    nexts: ["WRF", "WRF"],
    command: "mkdir out; ./geogrid > out/geo.txt",
    status: "FINISHED",
    working_dir: "/tmp/1-WPS",
  }),
  task("WRF", {
    ...{
      nexts: ["ROMS"],
      prevs: ["WPS", "WPS"],
      type: "slurm",
      partition: "hicpu",
      ntasks: 64,
      time: "1-02:30:00",
      memory: "2000",
    },
    ...{
      comment: ["a", "b"],
      command: "cat workflow:///WPS/out/geo.txt;cat 'workflow://Environmental-App/WPS/a b.txt'>o",
    },
  }),
  task("ROMS", { type: "docker", image: "hydro/roms:3", volume: null, devices: ["/dev/x"], prevs: ["WRF"] }),
  task("wacomm", {
    type: "native",
    function: "m:f",
    inputs: { a: "workflow:///ROMS/out/his.nc" },
    command: '{"a": "workflow:///ROMS/out/his.nc"}',
  }),
);

const back = (map: unknown) => exportTaskMap(importTaskMap(map, about));

describe("a DAGonStar task map", () => {
  test("makes nodes, edges and resources", () => {
    const made = importTaskMap(whole, about);
    expect(made).toMatchObject({ id: "environmental-app", title: { en: "Environmental-App" }, kind: "on-demand" });
    expect(made.nodes.map((node) => [node.id, upstreamOf(node)])).toEqual([
      ["wps", []],
      ["wrf", ["wps"]],
      ["roms", ["wrf"]],
      ["wacomm", ["roms"]],
    ]);
    expect(made.nodes[1]).toMatchObject({
      ...{ kind: "command", pool: "compute", cpus: 64, memoryMb: 2000, timeoutSeconds: 95_400, after: [] },
      command: "cat workflow:///wps/out/geo.txt;cat 'workflow:///wps/a b.txt'>o",
    });
    expect(made.nodes.map(({ unrunnable }) => unrunnable ?? "runs")).toEqual([
      ...["runs", "runs"],
      "it runs in a Docker container, which no site here starts yet",
      "it calls a Python function of its own workflow",
    ]);
  });

  test("is written back with every field as it was", () => {
    expect(back(whole)).toEqual(whole);
  });

  test("saved before its dependencies were made gains edges here and no field there", () => {
    const bare = mapOf(task("A"), task("B", { command: "cat workflow:///A/f" }));
    expect(importTaskMap(bare, about).nodes[1]?.inputs).toMatchObject({ ref1: { reference: "workflow:///a/f" } });
    expect(back(bare)).toEqual(bare);
  });

  test("with an edge that only one side tells has that edge", () => {
    const made = importTaskMap(mapOf(task("A", { nexts: ["B"] }), task("B"), task("C", { prevs: ["B"] })), about);
    expect(made.nodes.map(({ after }) => after)).toEqual([[], ["a"], ["b"]]);
  });

  test("that reads another workflow is labelled, and its foreign prevs are kept", () => {
    const map = mapOf(task("E"), task("F", { prevs: ["A", "E"], command: "cat workflow://Wf1/A/x workflow:///E/y" }));
    expect(importTaskMap(map, about).nodes[1]).toMatchObject({
      unrunnable: "it reads files of another workflow, wf1",
      command: "cat workflow://wf1/a/x workflow:///e/y",
    });
    expect(back(map)).toEqual(map);
  });

  test("with old names of classes means the same types, and a remote one is labelled", () => {
    const map = mapOf(task("A", { type: "DockerRemoteTask" }), task("B", { type: "remotebatch", ip: "10.0.0.1" }));
    const [docker, remote] = importTaskMap(map, about).nodes;
    expect(docker?.unrunnable).toContain("Docker");
    expect(remote?.unrunnable).toContain("another host over SSH");
    expect(back(map)).toEqual(map);
  });

  test.each([
    [
      "an unknown prev",
      mapOf(task("A", { prevs: ["WPSS"] }), task("WPS")),
      "tasks.A.prevs[0]: there is no task “WPSS”. Did you mean “WPS”?",
    ],
    [
      "an unknown reference",
      mapOf(task("A", { command: "ls\n cat workflow:///B/x" })),
      "tasks.A.command: line 2, column 6: there is no task “B”.",
    ],
    [
      "an unknown type",
      mapOf(task("A", { type: "slurmm" })),
      "tasks.A.type: “slurmm” is no type of task. Did you mean “slurm”?",
    ],
    [
      "a command that is no text",
      mapOf(task("A", { command: 3 })),
      "tasks.A.command: it is a number; expected a text.",
    ],
    ["no name", { tasks: {} }, "name: it is missing; expected a text."],
    [
      "a cycle",
      mapOf(task("A", { prevs: ["B"] }), task("B", { prevs: ["A"] })),
      "nodes: these nodes wait for each other",
    ],
    [
      "one name twice",
      { name: "x", tasks: { A: task("B"), B: task("B") } },
      "tasks.B.name: tasks.A has the name “B” already",
    ],
  ])("with %s is refused with the place", (_name, map, expected) => {
    const told = () => {
      try {
        importTaskMap(map, about);
      } catch (error) {
        if (error instanceof NereusError && "place" in error.fields)
          return `${error.fields.place}: ${error.fields.problem}`;
        throw error;
      }
      return "accepted";
    };
    expect(told()).toContain(expected);
  });
});

describe("a pipeline written as a task map", () => {
  test("and read again is the same pipeline", () => {
    fc.assert(
      fc.property(randomDefinition, (definition) => {
        const again = importTaskMap(JSON.parse(JSON.stringify(exportTaskMap(definition))), about);
        expect(canonicalJson(again)).toBe(canonicalJson(definition));
      }),
    );
  });

  test("of plain commands is what DAGonStar itself would write", () => {
    const nodes = [command("a", { command: "echo > f" }), command("b", { command: "cat workflow:///a/f" })];
    const { nereus: _own, ...map } = exportTaskMap(
      definePipeline({ id: "t", title: { en: "t", it: "t" }, kind: "on-demand", input: z.object({}), nodes }),
    );
    const plain = { status: "READY", working_dir: null, type: "batch" };
    expect(map).toMatchObject({
      ...{ id: 0, name: "t", host: "localhost" },
      tasks: {
        a: { name: "a", ...plain, nexts: ["b"], prevs: [], command: "echo > f" },
        b: { name: "b", ...plain, nexts: [], prevs: ["a"], command: "cat workflow:///a/f" },
      },
    });
  });

  test("after a change here tells the change and keeps the rest", () => {
    const made = importTaskMap(whole, about);
    const [wps, wrf, ...others] = made.nodes;
    if (wps === undefined || wrf === undefined) throw new Error("the map has four tasks");
    const changed = { ...made, nodes: [wps, { ...wrf, cpus: 8, command: "cat workflow:///wps/geo.txt" }, ...others] };
    const written = exportTaskMap(changed);
    expect(written).toMatchObject({
      tasks: { WRF: { partition: "hicpu", ntasks: 64, command: "cat workflow:///WPS/geo.txt", nereus: { cpus: 8 } } },
    });
    expect(importTaskMap(written, about).nodes[1]).toMatchObject({ cpus: 8, command: "cat workflow:///wps/geo.txt" });
  });
});

/** Task maps as scripts and hands write them: any names, edges told on either side, fields that nobody knows. */
const randomMap = fc
  .array(
    fc.record({
      name: fc.constantFrom("A", "a", "Ünder ground", "B-1", "B_1", "b 1", "input", "10", "9", "x/y"),
      type: fc.constantFrom(
        "batch",
        "slurm",
        "docker",
        "apptainer",
        "checkpoint",
        "cloud",
        "native",
        "remoteslurm",
        "web",
      ),
      from: fc.array(fc.nat(9), { maxLength: 3 }),
      how: fc.constantFrom("prevs", "nexts", "both", "command"),
      more: fc.dictionary(fc.constantFrom("partition", "image", "ntasks", "comment", "ip", "§"), randomJson(2)),
      working_dir: fc.constantFrom(null, "/scratch/1-A"),
      noName: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((specs) => {
    const distinct = specs.filter(({ name }, index) => specs.findIndex((other) => other.name === name) === index);
    const edges = distinct.flatMap(({ from, how, name }, index) =>
      index === 0 ? [] : from.map((at) => ({ from: distinct[at % index]?.name ?? "", to: name, how })),
    );
    const of = (how: string, side: "from" | "to", name: string) =>
      edges.filter((edge) => edge[side] === name && (edge.how === how || edge.how === "both"));
    const tasks = distinct.map(({ name, type, more, working_dir, noName, how }) => {
      const prevs = of("prevs", "to", name).map(({ from }) => from);
      const nexts = of("nexts", "from", name).map(({ to }) => to);
      const read = how === "command" ? edges.filter(({ to, from }) => to === name && /^\w+$/.test(from)) : [];
      const text = ["true", ...read.map(({ from }) => `cat "workflow:///${from}/a b"`)].join("; ");
      const own = { status: "FINISHED", working_dir, nexts, prevs, command: text, type };
      return [name, { ...more, ...own, ...(noName ? {} : { name }) }] as const;
    });
    return { name: "Ünser Lauf", id: 7, later: [1], tasks: Object.fromEntries(tasks) };
  });

test("every task map comes back with every field, in JSON's own order", () => {
  fc.assert(
    fc.property(randomMap, (map) => {
      // JSON has no -0.
      expect(JSON.parse(JSON.stringify(back(map)))).toEqual(JSON.parse(JSON.stringify(map)));
    }),
  );
});

test("names become slugs, none twice, and a slug keeps its name", () => {
  const slugs = slugNames(["A", "a", "Pre process (1)", "Città", "input", "-", "x".repeat(70), "X".repeat(70)]);
  expect(Object.fromEntries(slugs)).toEqual({
    ...{ A: "a-2", a: "a", "Pre process (1)": "pre-process-1", Città: "citta", input: "input-2", "-": "task" },
    ...{ ["x".repeat(70)]: "x".repeat(63), ["X".repeat(70)]: `${"x".repeat(61)}-2` },
  });
});
