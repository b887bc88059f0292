import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asId, type NodeId, type RunId, type UserId } from "@/lib/ids";
import { requestRun } from "@/server/services/runs/request-run";
import { readPlacedArtifacts } from "@/server/store/artifact";
import { aHost, type Host } from "@/test/fixtures/a-host";
import { hasGdal, runGdalPython, validateCog } from "@/test/fixtures/gdal";
import { isAbsent, reference } from "@/test/fixtures/reference";
import { removeHome } from "@/test/fixtures/remove-home";
import { runCli } from "@/test/fixtures/run-cli";
import { stacProblem } from "@/test/fixtures/stac-problem";

const compare = fileURLToPath(new URL("../fixtures/compare-rasters.py", import.meta.url));
const rasters = [
  // file, and its tiles of 1024 pixels or direct
  ["alps_srtm.tif", "direct"],
  ["utm_palette.tif", "direct"],
  ["all_nodata.tif", "direct"],
  ["wind_direction.tif", "direct"],
  ["mackay_dem_utm12.tif", "direct"],
  ["cog.tif", 9],
  ["cog_dateline.tif", 9],
  ["cog_nodata_nan.tif", 1],
  ["cog_scale.tif", 1],
] as const;

let host: Host;
beforeAll(async () => {
  host = await aHost();
  await host.startWorker();
});
afterAll(() => host[Symbol.asyncDispose]());

const ingest = async (raster: string) => {
  const input = { raster, tileSize: 1024, datetime: "2026-07-01T12:00:00Z", licence: "CC0-1.0" };
  return host.ended((await requestRun(host.ctx, { pipelineId: "raster-ingest", input })).runId);
};
const filesOf = async (runId: RunId, node: string) => {
  const placed = await readPlacedArtifacts(host.ctx.db, runId, [asId<NodeId>(node)]);
  return placed.map(({ scratch, path }) => join(scratch, "out", path));
};

describe.skipIf(isAbsent("data/geography"))("rasters of data/geography", () => {
  test.skipIf(!hasGdal).each(rasters)(
    "%s becomes valid COGs, STAC items and a mosaic with the same pixels",
    async (name, tiles) => {
      const source = reference(`data/geography/${name}`);
      const view = await ingest(source);
      expect([view.state, view.reason]).toEqual(["completed", null]);
      const states = Object.fromEntries(view.nodes.map((node) => [node.id, `${node.state} ${node.tasksTotal}`]));
      expect(states).toMatchObject(
        tiles === "direct"
          ? { tiles: "filtered 0", cog: "filtered 0", direct: "completed 1", item: "completed 1" }
          : { tiles: "completed 1", cog: `completed ${tiles}`, direct: "filtered 0", item: `completed ${tiles}` },
      );

      const files = await filesOf(view.id, "collection");
      const rastersMade = files.filter((path) => path.endsWith(".tif"));
      expect(rastersMade).toHaveLength((tiles === "direct" ? 1 : tiles) + 1);
      for (const path of rastersMade) expect(validateCog(path)).toMatchObject({ exitCode: 0 });
      const mosaic = files.find((path) => path.endsWith("_mosaic.tif")) ?? "";
      expect(runGdalPython(compare, source, mosaic)).toEqual({ exitCode: 0, stdout: "", stderr: "" });

      const documents = files.filter((path) => path.endsWith(".json"));
      for (const path of documents) {
        const document = JSON.parse(readFileSync(path, "utf8"));
        expect(stacProblem(document)).toBeNull();
        const assets = Object.values<{ href: string }>(document.assets);
        for (const { href } of [...assets, ...document.links])
          expect(readFileSync(resolve(dirname(path), href)).length).toBeGreaterThan(0);
      }
    },
    120_000,
  );

  test("an item is there while other tiles are still to be made", async () => {
    const view = await ingest(reference("data/geography/cog.tif"));
    const ended = view.tasks.filter(({ nodeId }) => nodeId === "cog").map((task) => task.endedAt ?? "");
    const firstItem = view.artifacts.find(({ nodeId }) => nodeId === "item")?.committedAt ?? "";
    expect(firstItem < ([...ended].sort().at(-1) ?? "")).toBe(true);
  }, 60_000);
});

describe("a raster is refused in a sentence that names it:", () => {
  const hostile = (folder: string) =>
    isAbsent(folder)
      ? []
      : readdirSync(reference(folder))
          .filter((name) => /\.tiff?$/.test(name))
          .slice(0, 12);

  test.skipIf(isAbsent("data/geography")).each([
    ["float_nan.tif", "names no reference system"],
    ["rotated.tif", "names no reference system"],
    ["cog_gcps.tif", "has no geotransform"],
  ])("data/geography/%s %s", async (name, problem) => {
    const view = await ingest(reference(`data/geography/${name}`));
    expect([view.state, view.reason]).toEqual(["failed", expect.stringContaining(problem)]);
    expect(view.reason).toContain(name);
  });

  test.skipIf(isAbsent("data/odd-files/tiff-fuzz")).each(hostile("data/odd-files/tiff-fuzz"))(
    "data/odd-files/tiff-fuzz/%s",
    async (name) => {
      const view = await ingest(reference(`data/odd-files/tiff-fuzz/${name}`));
      expect(view.state).toBe("failed");
      expect(view.reason).toContain(basename(name));
    },
  );

  test.skipIf(isAbsent("data/odd-files/cut/cog.cut.tif"))("a cut one (data/odd-files/cut/cog.cut.tif)", async () => {
    const view = await ingest(reference("data/odd-files/cut/cog.cut.tif"));
    expect([view.state, view.reason]).toEqual(["failed", expect.stringContaining("cog.cut.tif is cut short")]);
  });

  test("one that is not there", async () => {
    const view = await ingest("/nowhere/dem.tif");
    expect([view.state, view.reason]).toEqual(["failed", expect.stringContaining("/nowhere/dem.tif cannot be read")]);
  });

  test("one that is text", async () => {
    const view = await ingest(resolve("README.md"));
    expect([view.state, view.reason]).toEqual(["failed", expect.stringContaining("is of no format that can be read")]);
  });

  test("one that somebody from outside names by a path of the host", async () => {
    const actor = { kind: "user", userId: asId<UserId>("u"), organisationId: null, role: "admin" } as const;
    const input = { raster: "/etc/passwd" };
    const asked = requestRun({ ...host.ctx, actor }, { pipelineId: "raster-ingest", input });
    await expect(asked).rejects.toThrow("host-file-not-allowed");
  });
});

test.skipIf(isAbsent("data/geography/alps_srtm.tif"))(
  "the command line names the catalogue it made",
  async () => {
    const home = mkdtempSync(join(tmpdir(), "nereus-raster-"));
    try {
      const args = [
        "run",
        "raster-ingest",
        "--input",
        `raster=${reference("data/geography/alps_srtm.tif")}`,
        "--wait",
        "--json",
      ];
      const { code, stdout, stderr } = await runCli(args, { NEREUS_HOME: home });
      expect(code, stderr).toBe(0);
      const { outputs } = JSON.parse(stdout);
      const collection = outputs.find(({ path }: { path: string }) => path.endsWith("/collection.json"));
      expect(JSON.parse(readFileSync(collection.path, "utf8")).id).toBe("alps_srtm");
    } finally {
      removeHome(home);
    }
  },
  60_000,
);
