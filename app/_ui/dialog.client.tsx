"use client";
import { useTranslations } from "next-intl";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Icon } from "@/app/_ui/icon";

type Props = {
  title: string;
  description?: ReactNode;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  children: ReactNode;
};

/** Only for what cannot be undone, and for forms that stand beside a list. */
export function Dialog({ title, description, isOpen, onOpenChange, children }: Props) {
  const t = useTranslations("common");
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 bg-scrim" />
        <Radix.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          className="-translate-x-1/2 -translate-y-1/2 fixed top-1/2 left-1/2 z-50 max-h-[85dvh] w-[min(30rem,calc(100vw-2rem))] overflow-y-auto rounded-3 bg-surface p-5 shadow-3"
        >
          <div className="flex items-start justify-between gap-4">
            <Radix.Title className="text-xl">{title}</Radix.Title>
            <Radix.Close
              aria-label={t("close")}
              className="grid size-8 flex-none place-items-center rounded-2 text-ink-2 hover:bg-surface-2"
            >
              <Icon name="close" />
            </Radix.Close>
          </div>
          {description ? <Radix.Description className="mt-2 text-ink-2">{description}</Radix.Description> : null}
          <div className="mt-4">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
