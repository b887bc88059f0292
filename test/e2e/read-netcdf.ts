import { runTool } from "@/test/fixtures/gdal";

export type NetcdfVariable = {
  /** Lengths, slowest first. */
  readonly shape: readonly number[];
  /** Unpacked values, row-major; null = no data. */
  readonly values: readonly (number | null)[];
  /** Width of a packing step; 0 when the variable is not packed. */
  readonly step: number;
};

/** Reads one variable of a NetCDF file with ncdump, a reader that shares nothing with ours. */
export function readNetcdf(path: string, name: string): NetcdfVariable {
  const { exitCode, stdout, stderr } = runTool("ncdump", "-p", "9,17", "-v", name, path);
  if (exitCode !== 0) throw new Error(`ncdump ${path}: ${stderr}`);
  const attribute = (key: string, other: number) =>
    Number.parseFloat(new RegExp(`\\t${name}:${key} = ([^;]+)`).exec(stdout)?.[1] ?? String(other));
  const dimensions = new RegExp(`\\t\\w+ ${name}\\(([^)]+)\\) ;`).exec(stdout)?.[1]?.split(", ") ?? [];
  const length = (dimension: string) =>
    Number(new RegExp(`\\t${dimension} = (?:UNLIMITED ; // \\()?(\\d+)`).exec(stdout)?.[1]);
  const data = stdout.slice(stdout.indexOf("\ndata:"));
  const numbers = new RegExp(`\\n ${name} =([^;]*);`).exec(data)?.[1]?.split(",") ?? [];
  const [scale, offset] = [attribute("scale_factor", 1), attribute("add_offset", 0)];
  return {
    shape: dimensions.map(length),
    values: numbers.map((text) => (text.trim() === "_" ? null : Number.parseFloat(text) * scale + offset)),
    step: attribute("scale_factor", 0),
  };
}
