import { useEffect, useState } from "react";
import { type ShownProduct, zarrAddress } from "@/app/(public)/_forecast/forecast-data";
import type { Coverage } from "@/lib/map/product";

/** How often a growing product is asked for, milliseconds; an unchanged answer is a 304 without a body. */
const pollMs = 1_500;

/** The product's coverage, followed while its run goes on. */
export function useCoverage(product: ShownProduct | null): Coverage | null {
  const [followed, setFollowed] = useState<{ address: string; coverage: Coverage } | null>(null);
  const address = product ? zarrAddress(product.description) : null;
  const known = followed && followed.address === address ? followed.coverage : (product?.coverage ?? null);
  const isGrowing = known?.state === "running";

  useEffect(() => {
    if (!address || !isGrowing) return;
    const end = new AbortController();
    let etag: string | null = null;
    const poll = async () => {
      const headers: HeadersInit = etag ? { "if-none-match": etag } : {};
      const response = await fetch(`${address}/coverage.json`, { headers, cache: "no-store", signal: end.signal });
      if (response.status !== 200) return;
      etag = response.headers.get("etag");
      const coverage: Coverage = await response.json();
      setFollowed({ address, coverage });
    };
    // A poll that fails is followed by the next one; the last coverage stays on the screen meanwhile.
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") poll().catch(() => undefined);
    }, pollMs);
    return () => {
      end.abort();
      clearInterval(timer);
    };
  }, [address, isGrowing]);

  return known;
}
