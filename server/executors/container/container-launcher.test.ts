import { expect, test } from "vitest";
import { containerLauncher } from "@/server/executors/container/container-launcher";
import { engineWords } from "@/server/executors/container/engine-words";
import type { ContainerJob } from "@/server/executors/runner";

const image = `docker.io/library/python@sha256:${"a".repeat(64)}`;
const job: ContainerJob = {
  ...{ token: "t1", scratch: "/sc/it's", image, network: "none", cpus: 1.5, memoryMb: 100, command: "echo '$X'" },
  variables: ["DAY"],
};
const wordsOf = (engine: "docker" | "podman" | "apptainer" | "charliecloud", more: Partial<ContainerJob> = {}) =>
  engineWords({ ...job, ...more }, { engine, options: ["--own"] });

test("docker and podman get limits, nobody's rights, no network and the names of variables alone", () => {
  const words = wordsOf("docker");
  const pairs = [
    "--memory 100m",
    "--memory-swap 100m",
    "--cpus 2",
    "--network none",
    "--cap-drop ALL",
    "--env DAY",
    "--pids-limit 4096",
  ];
  for (const pair of pairs) expect(words.join(" ")).toContain(pair);
  expect(words.slice(0, 6)).toEqual(["docker", "run", "--rm", "--pull=never", "--name", "nereus-t1"]);
  expect(words).toContainEqual("/sc/it's:/mnt:ro");
  expect(words.slice(-4)).toEqual(["--own", image, "/mnt/enter.sh", "init"]);
  expect(wordsOf("podman", { network: "host" }).join(" ")).toContain("--network host");
});

test("apptainer takes a registry's image by its address and a file as it is", () => {
  expect(wordsOf("apptainer").slice(-5)).toEqual(["--own", `docker://${image}`, "/bin/sh", "/mnt/enter.sh", "exec"]);
  const words = wordsOf("apptainer", { image: "/images/a b.sif", network: "host" });
  expect(words).toContain("/images/a b.sif");
  expect(words).not.toContain("--net");
  expect(words.slice(0, 5)).toEqual(["apptainer", "exec", "--contain", "--cleanenv", "--pid"]);
});

const scriptOf = (engine: "docker" | "apptainer", name: string, more: Partial<ContainerJob> = {}): string =>
  new Map(containerLauncher({ engine, options: [] }).files({ ...job, ...more })).get(name) ?? "";

test("apptainer gets the variables of the job and its token, no others, and none on a command line", () => {
  const exported = scriptOf("apptainer", "cmd.sh").match(/export APPTAINERENV_\w+="\$\w+"/g);
  expect(exported).toEqual(['export APPTAINERENV_DAY="$DAY"', 'export APPTAINERENV_NEREUS_TOKEN="$NEREUS_TOKEN"']);
});

test("docker refuses a path, and tells an engine that is away from an image that is not there", () => {
  expect(scriptOf("docker", "cmd.sh", { image: "/images/a.sif" })).toContain('"code":"image-is-path"');
  const script = scriptOf("docker", "cmd.sh", { image: "localhost/a" });
  expect(script.indexOf("container-engine-away")).toBeGreaterThan(0);
  expect(script.indexOf("image-missing")).toBeGreaterThan(script.indexOf("container-engine-away"));
});

test("charliecloud is put into namespaces that make binds read-only and cut the network", () => {
  const words = wordsOf("charliecloud", { image: "/images/python" });
  expect(words.slice(0, 4)).toEqual(["unshare", "--map-root-user", "--mount", "--net"]);
  expect(words.slice(-6)).toEqual(["--own", "/images/python", "--", "/bin/sh", "/mnt/enter.sh", "exec"]);
});

test("every word of the script is quoted, and the command stands in a file of its own", () => {
  const files = new Map(containerLauncher({ engine: "docker", options: [] }).files(job));
  expect(files.get("task.sh")).toBe("echo '$X'\n");
  expect(files.get("cmd.sh")).toContain(`'/sc/it'\\''s:/mnt:ro'`);
  expect(files.get("release.sh")).toContain("'docker' 'rm' '--force' 'nereus-t1'\n");
});
