// Bundles what runs outside the web server: each program to one self-contained file, worker and command line beside
// their packages. Nothing here needs the network. `node tools/bundle.mjs` writes dist/.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { SOURCES, whenChanged } from "./when-changed.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** @returns whether a source had changed since the last time */
export async function bundleWhenChanged({ force = false } = {}) {
  return whenChanged("bundles", { inputs: SOURCES, outputs: ["dist/cli.mjs"], force }, bundle);
}

/**
 * Programs travel to other machines, so they hold all they import; worker and command line find their packages in
 * node_modules.
 */
async function bundle() {
  const { build } = await import("esbuild");
  const shared = {
    absWorkingDir: root,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    tsconfig: "tsconfig.json",
    logLevel: "warning",
    legalComments: "none",
    // Libraries made by Emscripten ask for the folder of their file, which a module has under another name.
    define: { __dirname: "import.meta.dirname" },
    banner: {
      js: "import { createRequire as nodeRequire } from 'node:module'; const require = nodeRequire(import.meta.url);",
    },
    outExtension: { ".js": ".mjs" },
  };
  const programs = Object.fromEntries(programNames().map((name) => [name, `server/programs/${name}/main.ts`]));
  if (Object.keys(programs).length > 0) {
    await build({
      ...shared,
      entryPoints: programs,
      outdir: "dist/programs",
      plugins: [carriedFilters, carriedOpenJpeg],
    });
    writeFileSync(join(root, "dist/programs/versions.json"), JSON.stringify(hashes(Object.keys(programs)), null, 2));
  }
  const roots = Object.fromEntries(
    ["worker", "cli"]
      .filter((room) => existsSync(join(root, `server/${room}/main.ts`)))
      .map((room) => [room, `server/${room}/main.ts`]),
  );
  if (Object.keys(roots).length > 0)
    await build({ ...shared, packages: "external", entryPoints: roots, outdir: "dist" });
}

/** Programs carry the filters of the HDF5 library in themselves, packed. */
const carriedFilters = {
  name: "hdf5-filters",
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]server[/\\]formats[/\\]hdf5-filters\.ts$/ }, ({ path }) => {
      const names = [...readFileSync(path, "utf8").matchAll(/const names = \[([^\]]*)\]/g)].flatMap(([, list]) =>
        JSON.parse(`[${list}]`),
      );
      const files = names.map((name) => `libH5Z${name}.so`);
      const packed = files.map((file) => {
        const bytes = readFileSync(join(root, "node_modules/h5wasm-plugins/plugins", file));
        return [file, gzipSync(bytes, { level: 9 }).toString("base64")];
      });
      const body = `import { gunzipSync } from "node:zlib";
        const packed = ${JSON.stringify(packed)};
        export const hdf5Filters = () =>
          new Map(packed.map(([name, text]) => [name, gunzipSync(Buffer.from(text, "base64"))]));`;
      return { contents: body, loader: "js" };
    });
  },
};

/** The same for the OpenJPEG library. */
const carriedOpenJpeg = {
  name: "openjpeg-binary",
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]server[/\\]formats[/\\]openjpeg-binary\.ts$/ }, () => {
      const bytes = readFileSync(
        join(root, "node_modules/@cornerstonejs/codec-openjpeg/dist/openjpegwasm_decode.wasm"),
      );
      const body = `import { gunzipSync } from "node:zlib";
        export const openJpegBinary = () =>
          gunzipSync(Buffer.from("${gzipSync(bytes, { level: 9 }).toString("base64")}", "base64"));`;
      return { contents: body, loader: "js" };
    });
  },
};

function programNames() {
  const folder = join(root, "server/programs");
  return existsSync(folder) ? readdirSync(folder).filter((name) => existsSync(join(folder, name, "main.ts"))) : [];
}

/** sha256 of each bundled program: part of a pipeline's version, and what a site's copy is found by. */
function hashes(names) {
  return Object.fromEntries(
    names.map((name) => [
      name,
      createHash("sha256")
        .update(readFileSync(join(root, `dist/programs/${name}.mjs`)))
        .digest("hex"),
    ]),
  );
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await bundle();
