import { useEffect, useState } from "react";

/** The present, milliseconds, renewed twice a minute; the server's time until the page is alive. */
export function useNow(serverUtc: string): number {
  const [nowMs, setNowMs] = useState(() => Date.parse(serverUtc));
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}
