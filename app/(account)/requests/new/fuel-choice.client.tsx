"use client";
import { useLocale, useTranslations } from "next-intl";
import { RadioGroup } from "radix-ui";
import { Field } from "@/app/_ui/field";
import { toNumber } from "@/app/(account)/requests/new/typed-request";
import type { FormPart } from "@/app/(account)/requests/new/use-smoke-request.client";
import { formatNumber } from "@/lib/messages/format-number";
import { fuelClasses, fuels } from "@/lib/transport/fuel";

/** Presets of what burns; what each assumes is said, and the PM2.5 that follows from the area. */
export function FuelChoice({ typed, set, problems }: FormPart) {
  const t = useTranslations("requests");
  const locale = useLocale();
  const chosen = fuelClasses.find((one) => one === typed.fuel);
  const fuel = chosen ? fuels[chosen] : null;
  const areaHa = toNumber(typed.areaHa);
  const tonnes = fuel ? areaHa * 1e4 * fuel.consumedKgPerM2.mean * fuel.pm25GramsPerKg.mean * 1e-6 : Number.NaN;
  return (
    <fieldset className="grid gap-3 border-line border-t px-5 pt-3.5 pb-4">
      <legend className="float-left font-bold text-sm">{t("burning")}</legend>
      <RadioGroup.Root
        aria-label={t("burning")}
        value={typed.fuel}
        onValueChange={(value) => set({ fuel: value })}
        className="grid grid-cols-3 gap-1.5"
      >
        {fuelClasses.map((one) => (
          <RadioGroup.Item
            key={one}
            value={one}
            className="h-9 rounded-2 border border-line-field px-1 font-medium text-ink-2 text-xs data-[state=checked]:border-accent data-[state=checked]:bg-accent-tint data-[state=checked]:text-ink data-[state=checked]:ring-1 data-[state=checked]:ring-accent max-md:h-11"
          >
            {t(one)}
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
      {problems.fuel ? (
        <p role="alert" className="text-bad-text text-xs">
          {problems.fuel}
        </p>
      ) : null}
      <Field
        label={t("area")}
        inputMode="decimal"
        unit="ha"
        value={typed.areaHa}
        error={problems.areaHa}
        onChange={(event) => set({ areaHa: event.target.value })}
      />
      {fuel ? (
        <p className="text-ink-3 text-xs">
          {t("assumed", {
            load: formatNumber(fuel.consumedKgPerM2.mean, locale, 1),
            factor: formatNumber(fuel.pm25GramsPerKg.mean, locale, 1),
            flaming: formatNumber(fuel.flamingShare * 100, locale),
            burning: formatNumber(fuel.burningHours, locale),
          })}{" "}
          {tonnes > 0 ? (
            <b className="font-bold text-ink">{t("total", { tonnes: formatNumber(tonnes, locale, 1) })}</b>
          ) : null}
        </p>
      ) : null}
    </fieldset>
  );
}
