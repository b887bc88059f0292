import { expect, test } from "vitest";
import { importedModule } from "@/lib/interchange/imported-module";
import { command } from "@/lib/pipeline/define-pipeline";
import { aPipeline } from "@/test/fixtures/a-pipeline";

test("a copy of a pipeline keeps who may start it and which fields are the host's alone", () => {
  const base = { ...aPipeline([command("a", { command: "true" })]), hostFiles: ["raster"], forOperators: true };
  const { definition } = aPipeline([command("b", { command: "true" })]);
  const copy = importedModule(definition, base);
  expect(copy).toMatchObject({ hostFiles: ["raster"], forOperators: true, definition });
});
