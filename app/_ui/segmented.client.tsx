"use client";
import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";

type Props<Value extends string> = {
  label: string;
  value: Value;
  options: readonly { readonly value: Value; readonly title: ReactNode }[];
  onChange: (value: Value) => void;
};

/** A few exclusive views side by side. */
export function Segmented<Value extends string>({ label, value, options, onChange }: Props<Value>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen) onChange(chosen.value);
      }}
      className="inline-flex rounded-2 border border-line bg-surface-2 p-0.5"
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className="flex h-[26px] items-center gap-1.5 whitespace-nowrap rounded-1 px-2.5 font-medium text-ink-2 text-xs data-[state=on]:bg-surface data-[state=on]:text-ink data-[state=on]:shadow-1 max-md:h-10"
        >
          {option.title}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
