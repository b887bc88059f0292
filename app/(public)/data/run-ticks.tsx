import { useTranslations } from "next-intl";
import { lookOf } from "@/app/_ui/state-look";
import type { Publication } from "@/server/services/products/list-products";

const shown = 14;

/** The last runs from old to new; height = share of hours that came, a letter above what is not complete. */
export function RunTicks({ publications }: { publications: readonly Publication[] }) {
  const t = useTranslations("states");
  const recent = publications.slice(0, shown).reverse();
  const label = recent.map(({ cycle, runId, state }) => `${cycle ?? runId}: ${t(state)}`).join(", ");
  return (
    <span role="img" aria-label={label} className="inline-flex h-8 items-end gap-0.5">
      {recent.map((one) => {
        const look = lookOf(one.state);
        const share = one.expectedSteps === 0 ? 0 : one.steps / one.expectedSteps;
        return (
          <span key={`${one.runId}-${one.generation}`} data-state={look.family} className="grid justify-items-center">
            <span className="text-[9px] text-[var(--st-text)] leading-[12px]">
              {one.state === "complete" ? "" : look.letter}
            </span>
            <span className="w-2 rounded-[2px] bg-[var(--st)]" style={{ height: `${4 + 14 * share}px` }} />
          </span>
        );
      })}
    </span>
  );
}
