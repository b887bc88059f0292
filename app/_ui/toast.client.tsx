"use client";
import { Toast } from "radix-ui";
import { createContext, type ReactNode, useCallback, useContext, useState } from "react";

type Shown = { readonly id: number; readonly text: string };
const ToastContext = createContext<(text: string) => void>(() => undefined);

/** Announces what was done, politely, for six seconds. Never for errors: those stay where they happened. */
export const useToast = () => useContext(ToastContext);

export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const show = useCallback((text: string) => setShown((before) => [...before.slice(-2), { id: Date.now(), text }]), []);
  return (
    <ToastContext value={show}>
      <Toast.Provider duration={6000} swipeDirection="left">
        {children}
        {shown.map(({ id, text }) => (
          <Toast.Root
            key={id}
            type="background"
            onOpenChange={(isOpen) => !isOpen && setShown((before) => before.filter((one) => one.id !== id))}
            className="rounded-2 bg-surface px-4 py-2.5 shadow-3"
          >
            <Toast.Description>{text}</Toast.Description>
          </Toast.Root>
        ))}
        <Toast.Viewport className="fixed bottom-[calc(var(--shell-bottom)+12px)] left-3 z-40 grid w-[min(24rem,calc(100vw-24px))] gap-2" />
      </Toast.Provider>
    </ToastContext>
  );
}
