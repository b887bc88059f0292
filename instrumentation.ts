/** Runs once when the web server starts, before its first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { believeOnlyProxies } = await import("@/server/api/forwarded-headers");
  const { keepDagonTargets } = await import("@/server/api/dagon/keep-targets");
  const { keepLength } = await import("@/server/api/keep-length");
  const { runContained } = await import("@/server/executors/run-contained");
  const { provideContainment } = await import("@/server/services/contain-work");
  const { loadConfig } = await import("@/server/config");
  believeOnlyProxies((await loadConfig()).trustedProxies);
  keepDagonTargets();
  keepLength();
  provideContainment(runContained);
}
