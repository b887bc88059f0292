import { Icon, type IconName } from "@/app/_ui/icon";
import type { NodeView } from "@/lib/dag/run-view";

const icons: Readonly<Record<NodeView["kind"], IconName>> = {
  program: "gear",
  command: "prompt",
  http: "globe",
  websocket: "signal",
  sensor: "clock",
  gate: "person",
  run: "runs",
};

/** What kind of step it is, as a small picture beside its name; its word stands in the panel and the table. */
export const KindIcon = ({ kind }: { kind: NodeView["kind"] }) => (
  <span className="flex-none text-ink-3">
    <Icon name={icons[kind]} size={14} />
  </span>
);
