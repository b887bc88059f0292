import { useTranslations } from "next-intl";
import { lookOf, type ShownState } from "@/app/_ui/state-look";

const outlines = {
  solid: "bg-[var(--st)] text-[var(--st-on)]",
  outline: "bg-[var(--st-tint)] text-[var(--st-text)] inset-ring-[1.5px] inset-ring-[var(--st)]",
  dashed: "border-[1.5px] border-[var(--st)] border-dashed text-[var(--st-text)]",
};

/** Letter square and word; `label` replaces the word, as in "41 of 168 h". */
export function StateChip({ state, label }: { state: ShownState; label?: string }) {
  const t = useTranslations("states");
  const look = lookOf(state);
  return (
    <span
      data-state={look.family}
      className="inline-flex h-[22px] items-center gap-1.5 whitespace-nowrap rounded-1 bg-[var(--st-tint)] pr-2 font-medium text-[var(--st-text)] text-xs"
    >
      <Letter state={state} />
      {label ?? t(state)}
    </span>
  );
}

/** The square alone, named for those who do not see it. */
export function StateSquare({ state, title }: { state: ShownState; title?: string }) {
  const t = useTranslations("states");
  const look = lookOf(state);
  return (
    <span
      data-state={look.family}
      role="img"
      aria-label={title ?? t(state)}
      title={title ?? t(state)}
      className="inline-flex"
    >
      <Letter state={state} isSmall />
    </span>
  );
}

function Letter({ state, isSmall = false }: { state: ShownState; isSmall?: boolean }) {
  const look = lookOf(state);
  const size = isSmall ? "size-[18px] text-[10px]" : "size-[22px] text-2xs";
  return (
    <span
      aria-hidden="true"
      className={`grid flex-none place-items-center rounded-1 font-bold ${size} ${outlines[look.outline]}`}
    >
      {look.letter}
    </span>
  );
}
