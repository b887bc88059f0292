/** The container that a command runs in, with whatever engine its site has. */
export type ContainerWish = {
  /**
   * A registry's image by digest (`docker.io/library/python@sha256:...`), one of the site's own (`localhost/name:tag`), or the
   * absolute path of an image file or folder there.
   */
  readonly image: string;
  /** `none` cuts every line; `host` is that of the machine. */
  readonly network: "none" | "host";
};

const digest = /^[a-z0-9][a-z0-9._/:-]{0,200}@sha256:[0-9a-f]{64}$/;
const local = /^localhost\/[a-z0-9][a-z0-9._/-]{0,200}(:[\w][\w.-]{0,127})?$/;
const path = /^\/[^\0\n]{1,1000}$/;

/** Why an image cannot be named so; null when it can. */
export function imageProblem(image: string): string | null {
  if (digest.test(image) || local.test(image)) return null;
  if (path.test(image) && !image.split("/").includes("..")) return null;
  return `“${image}” may mean another image tomorrow; name it by digest (name@sha256:...), as localhost/name, or by an absolute path.`;
}
