import { isNereusError, NereusError } from "@/lib/errors";
import type { Dataset, Variable } from "@/lib/formats/dataset";
import { describeGrid } from "@/lib/formats/describe-grid";
import type { DescribedVariable, FileDescription, FileProblem } from "@/lib/formats/file-description";
import { formatNames } from "@/lib/formats/format-names";
import { readTimes } from "@/lib/formats/read-times";
import { summarise } from "@/lib/formats/statistics";
import { describeText } from "@/lib/formats/text/describe-text";
import { openAddress } from "@/server/formats/open-address";
import { openFile } from "@/server/formats/open-file";

/** `statistics`: every value is read and summed up; `samples`: indices by variable whose values are wanted too. */
export type DescribeOptions = {
  readonly statistics: boolean;
  readonly samples: Readonly<Record<string, readonly (readonly number[])[]>>;
};

/**
 * Tells what a file is and holds.
 * @param file.path of a local file, or an http(s) address
 * @param file.name what messages call it
 * @param options.scratchPath folder for what has to be downloaded to be opened
 * @throws what opening and reading throw; with statistics also for a file in which no variable can be decoded
 */
export async function describeFile(
  file: { readonly path: string; readonly name: string },
  options: DescribeOptions & { readonly scratchPath: string },
): Promise<FileDescription> {
  const isAddress = /^https?:\/\//.test(file.path);
  const opened = isAddress ? await openAddress(file.path, options.scratchPath) : await openFile(file);
  if ("text" in opened) {
    const { sizeBytes, text } = opened;
    return { file: file.name, sizeBytes, dimensions: {}, variables: [], grid: null, ...describeText(text, file.name) };
  }
  try {
    return await describeDataset(opened.dataset, { ...options, sizeBytes: opened.sizeBytes });
  } finally {
    await opened.dataset.close();
  }
}

async function describeDataset(
  dataset: Dataset,
  options: DescribeOptions & { readonly sizeBytes: number },
): Promise<FileDescription> {
  const problems: FileProblem[] = [...(dataset.unreadable ?? [])].map(([name, what]) => ({
    code: "unsupported-feature",
    fields: { file: dataset.name, feature: `${what} in ${name}` },
  }));
  const timesUtc = await orProblem(problems, [], () => readTimes(dataset));
  const grid = await orProblem(problems, null, () => describeGrid(dataset));
  const variables: DescribedVariable[] = [];
  for (const variable of dataset.variables.values())
    variables.push(await describeVariable(dataset, variable, { ...options, problems }));
  demandOneReadable(variables, problems, options);
  return {
    file: dataset.name,
    sizeBytes: options.sizeBytes,
    format: formatNames[dataset.format],
    dimensions: dataset.dimensions,
    variables,
    timesUtc,
    grid,
    records: null,
    problems,
  };
}

async function describeVariable(
  dataset: Dataset,
  variable: Variable,
  options: DescribeOptions & { readonly problems: FileProblem[] },
): Promise<DescribedVariable> {
  const { name, dimensions, shape, dtype, attributes } = variable;
  const { units, long_name, standard_name, description } = attributes;
  const title = [long_name, standard_name, description].find((one) => typeof one === "string" && one !== "");
  const about = { name, dimensions, shape, dtype, units: asText(units), title: asText(title) };
  if (!options.statistics || dtype === "char") return about;
  const samples = samplesOf(options, name);
  const statistics = await orProblem(options.problems, null, () => summarise(dataset, variable, samples));
  return statistics === null ? about : { ...about, statistics };
}

/** Asked for by name without a leading slash or NUL bytes, or by the number that a GRIB name starts with. */
function samplesOf({ samples }: DescribeOptions, name: string): readonly (readonly number[])[] {
  const plain = name.replace(/\0/g, "").replace(/^\/+/, "");
  return samples[plain] ?? samples[/^\d+:/.exec(plain)?.[0] ?? ""] ?? [];
}

function asText(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** What one feature or the times lack does not hide the rest of a file; damage does. */
async function orProblem<Value>(problems: FileProblem[], fallback: Value, read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    if (isNereusError(error, "unsupported-feature")) problems.push({ code: error.code, fields: error.fields });
    else if (isNereusError(error, "time-undefined")) problems.push({ code: error.code, fields: error.fields });
    else throw error;
    return fallback;
  }
}

function demandOneReadable(
  variables: readonly DescribedVariable[],
  problems: readonly FileProblem[],
  { statistics }: DescribeOptions,
) {
  const [first] = problems.filter(({ code }) => code === "unsupported-feature");
  const numeric = variables.filter(({ dtype }) => dtype !== "char");
  if (!statistics || first === undefined || numeric.length === 0) return;
  if (numeric.every((one) => one.statistics === undefined)) throw new NereusError(first.code, first.fields);
}
