import type { ReactNode } from "react";
import { Icon } from "@/app/_ui/icon";

const looks = {
  warn: { look: "bg-warn-tint text-warn-text", icon: "clock" },
  bad: { look: "bg-bad-tint text-bad-text", icon: "warning" },
  info: { look: "bg-surface-2 text-ink-2", icon: "info" },
  ok: { look: "bg-ok-tint text-ok-text", icon: "check" },
} as const;

/** What is true of the data now; in flow under the title, and it stays as long as it is true. */
export function Banner({ kind, children }: { kind: keyof typeof looks; children: ReactNode }) {
  const { look, icon } = looks[kind];
  return (
    <div className={`flex items-start gap-2.5 rounded-2 px-3.5 py-2 text-sm ${look}`}>
      <span className="mt-px">
        <Icon name={icon} />
      </span>
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
