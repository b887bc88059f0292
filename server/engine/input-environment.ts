import type { PlannedInput } from "@/server/engine/plan-inputs";

/** The variables that tell a job where its inputs are: `hour-file` is `NEREUS_IN_HOUR_FILE`. */
export function inputEnvironment(inputs: readonly PlannedInput[], folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(inputs.map(({ name, place }) => [environmentName(name), `${folder}/${place}`]));
}

const environmentName = (input: string): string => `NEREUS_IN_${input.toUpperCase().replace(/[^A-Z0-9]/g, "_")}`;
