import { cpus, loadavg } from "node:os";
import { airKernel } from "@/test/bench/air-kernel";
import type { BenchmarkFigures } from "@/test/bench/benchmark-figures";
import { engineChain } from "@/test/bench/engine/chain";
import { engineCrash } from "@/test/bench/engine/crash";
import { engineFan } from "@/test/bench/engine/fan";
import { engineFirstLayer } from "@/test/bench/engine/first-layer";
import { engineFlat } from "@/test/bench/engine/flat";
import { engineMany } from "@/test/bench/engine/many";
import { engineOperator } from "@/test/bench/engine/operator";
import { enginePeers } from "@/test/bench/engine/peers";
import { engineProcesses } from "@/test/bench/engine/processes";
import { engineWaiting } from "@/test/bench/engine/waiting";
import { ensemble } from "@/test/bench/ensemble";
import { executionFaults } from "@/test/bench/execution/faults";
import { executionOverhead } from "@/test/bench/execution/overhead";
import { formats } from "@/test/bench/formats/formats";
import { mussel } from "@/test/bench/mussel";
import { portalGolden } from "@/test/bench/portal/golden";
import { portalPaint } from "@/test/bench/portal/paint";
import { portalProbes } from "@/test/bench/portal/probes";
import { portalScrub } from "@/test/bench/portal/scrub";
import { smoke } from "@/test/bench/smoke";
import { transport } from "@/test/bench/transport";

/** Every benchmark by name; a new one is a file beside this and one line here. */
const benchmarks: Readonly<Record<string, () => Promise<BenchmarkFigures>>> = {
  "air-kernel": airKernel,
  "engine-chain": engineChain,
  "engine-crash": engineCrash,
  "engine-fan": engineFan,
  "engine-first-layer": engineFirstLayer,
  "engine-flat": engineFlat,
  "engine-many": engineMany,
  "engine-operator": engineOperator,
  "engine-peers": enginePeers,
  "engine-processes": engineProcesses,
  "engine-waiting": engineWaiting,
  ensemble,
  "execution-faults": () => executionFaults(),
  "execution-overhead": executionOverhead,
  formats,
  "portal-golden": portalGolden,
  "portal-paint": portalPaint,
  "portal-probes": portalProbes,
  "portal-scrub": portalScrub,
  mussel,
  smoke,
  transport,
};

const [name = ""] = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const benchmark = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
if (benchmark === undefined) {
  process.stderr.write(`There is no benchmark “${name}”. Known: ${Object.keys(benchmarks).join(", ")}.\n`);
  process.exit(2);
}
const load1 = loadavg()[0] ?? 0;
const { figures, postgres } = await benchmark();
const [first, ...others] = cpus();
const machine = {
  cpu: first?.model ?? "unknown",
  cores: others.length + 1,
  load1,
  node: process.versions.node,
  postgres,
};
const text = process.argv.includes("--json")
  ? JSON.stringify({ name, figures, machine })
  : Object.entries(figures)
      .map(([key, value]) => `${key} ${value}`)
      .join("\n");
process.stdout.write(`${text}\n`);
