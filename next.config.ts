import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const withMessages = createNextIntlPlugin("./app/_i18n/request.ts");

/** Headers of every answer; the content security policy carries a nonce per request and is set in `proxy.ts`. */
const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), payment=(), geolocation=(self)" },
];

const config: NextConfig = {
  output: "standalone",
  poweredByHeader: false,
  devIndicators: false,
  // The framework rewrites the file it is given; its generated types do not hold our stricter rules.
  typescript: { tsconfigPath: "tsconfig.next.json" },
  // Packages that find files beside themselves or hold native parts.
  serverExternalPackages: ["pg", "graphile-worker", "h5wasm", "esbuild", "pino"],
  allowedDevOrigins: ["127.0.0.1"],
  headers: async () => [{ source: "/:path*", headers: securityHeaders }],
};

export default withMessages(config);
