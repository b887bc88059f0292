import { accessSync, constants, mkdirSync } from "node:fs";
import { NereusError } from "@/lib/errors";

/** Where root keeps what the unprivileged server must reach: a home may lie below a folder that only root can enter. */
export const statePlaces = ["/var/lib", "/var/tmp"];

/** The system state folder of root, 0755; made when missing. */
export function stateFolder(): string {
  for (const place of statePlaces) {
    const folder = `${place}/nereus`;
    if (makePublicFolder(folder)) return folder;
  }
  throw new NereusError("home-unwritable", {
    path: statePlaces.join(", "),
    problem: "no system state folder can be made",
  });
}

function makePublicFolder(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
