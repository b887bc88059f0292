import { expect, test } from "vitest";
import { command, literal, output, program, secret } from "@/lib/pipeline/define-pipeline";
import { environmentProblem } from "@/lib/pipeline/environment-problem";

const withVariable = (name: string) => command("a", { command: "true", environment: { [name]: literal(1) } });

test.each(["DAY", "EARTHDATA_TOKEN", "_X9"])("%s can be a variable of a command", (name) => {
  expect(environmentProblem(withVariable(name))).toBeNull();
});

test.each(["day", "9A", "A-B", "A=B", "PATH", "LD_PRELOAD", "BASH_ENV", "NEREUS_TOKEN", "NODE_OPTIONS"])(
  "%s cannot",
  (name) => {
    expect(environmentProblem(withVariable(name))).toMatchObject({ field: `variable ${name}` });
  },
);

test("a secret belongs into the environment of a command alone", () => {
  expect(environmentProblem(command("a", { command: "true", environment: { T: secret("TOKEN") } }))).toBeNull();
  const wrong = program("b", { program: "x", params: { t: secret("TOKEN") }, outputs: [output("*")] });
  expect(environmentProblem(wrong)).toMatchObject({ field: "parameter t" });
});
