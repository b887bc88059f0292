/** The languages in which the call for a map can be taken along. */
export const callLanguages = ["curl", "python", "typescript"] as const;
export type CallLanguage = (typeof callLanguages)[number];

/** What is on the map: a variable of a product run at one step. */
export type MapCall = {
  /** `https://…` of the portal, without a slash at the end. */
  readonly origin: string;
  readonly productId: string;
  /** `<runId>-g<generation>`, or `latest`. */
  readonly run: string;
  readonly variable: string;
  readonly step: number;
  /** Published value = integer x scale + offset, `fill` = no data. */
  readonly packing: {
    readonly dtype: "int16" | "int32";
    readonly scale: number;
    readonly offset: number;
    readonly fill: number;
  };
};

/** Program text that reads the field on the map from the open store: complete, with nothing to install but named packages. */
export function mapCall(call: MapCall, language: CallLanguage): string {
  const { origin, productId, run, variable, step, packing } = call;
  const store = `${origin}/api/zarr/${productId}/${run}/map.zarr`;
  switch (language) {
    case "curl":
      return [
        `# One chunk: ${packing.dtype} little-endian, gzip, each number the difference from the one before.`,
        `curl -fsS '${store}/${variable}/${step}.0.0' | gunzip > ${variable}-${step}.bin`,
        `curl -fsS '${store}/.zmetadata'`,
      ].join("\n");
    case "python":
      return [
        "# pip install xarray zarr fsspec aiohttp",
        "import xarray as xr",
        "",
        `store = xr.open_zarr("${store}")`,
        `field = store["${variable}"].isel(time=${step})`,
        "print(field)",
      ].join("\n");
    case "typescript":
      return [
        "// npm install zarrita",
        'import { FetchStore, get, open } from "zarrita";',
        "",
        `const group = await open(new FetchStore("${store}"), { kind: "group" });`,
        `const array = await open(group.resolve("${variable}"), { kind: "array" });`,
        `const { data } = await get(array, [${step}, null, null]);`,
        `const values = Array.from(data as ${packing.dtype === "int16" ? "Int16Array" : "Int32Array"}, (stored) =>`,
        `  stored === ${packing.fill} ? null : stored * ${packing.scale} + ${packing.offset});`,
      ].join("\n");
  }
}
