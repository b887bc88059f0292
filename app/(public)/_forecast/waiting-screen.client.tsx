"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect } from "react";

/** A page that has no map yet: it asks the server again every two seconds until there is one. */
export function WaitingScreen({ children }: { children: ReactNode }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, 2_000);
    return () => clearInterval(timer);
  }, [router]);
  return children;
}
