import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { isAbsent, reference } from "@/test/fixtures/reference";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Walks of many particles take a minute: they are for the long mode. */
const quick = [
  "solid-rotation,radial-rotation,inertial-eddy,stommel-gyre,peninsula,double-gyre,ftle,backward-return,masked-channel",
  "uniform-current,determinism,hanna-profile,gaussian-plume,briggs-sigma,briggs-rise,sofiev-height,smagorinsky",
  "fire-source,outfall-load,deposition-mixed,washout,mancini-t90,light-dose,survival,mussel-kinetics,class-probability",
  "wrf-projection,s-coordinate,score,score-rank,score-brier,score-roc,score-captex",
].join(",");

test.skipIf(isAbsent("science/check.mjs"))(
  "the judge of the reference cases passes them (science/check.mjs)",
  () => {
    const only = process.env.NEREUS_LONG === "1" ? [] : [`--only=${quick}`];
    const args = ["--import", "tsx", "test/science/run.ts", reference("science"), ...only];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    expect(stdout).toMatch(/, 0 failed\n$/);
    expect(status).toBe(0);
  },
  600_000,
);
