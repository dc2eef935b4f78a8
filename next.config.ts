import type { NextConfig } from "next";
import { PHASE_DEVELOPMENT_SERVER } from "next/constants.js";

type Header = { key: string; value: string };

const EVERYWHERE: Header[] = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  {
    key: "Permissions-Policy",
    value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  },
];

const HTTPS_ONLY: Header[] = [
  { key: "Strict-Transport-Security", value: "max-age=63072000; includeSubDomains" },
];

const DATA_ONLY: Header[] = [
  { key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" },
];

/** Next's settings. `GANTRY_DEVELOPMENT` is a constant in the code, so that a production build holds no laxer policy. */
export default (phase: string): NextConfig => ({
  compiler: { define: { GANTRY_DEVELOPMENT: phase === PHASE_DEVELOPMENT_SERVER } },
  poweredByHeader: false,
  // A title that streams in behind the page leaves it nameless for a moment: screen readers announce pages by it.
  htmlLimitedBots: /.*/,
  // `npm run check` types the whole project; the build need not do it again.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  async headers() {
    return [
      { source: "/:path*", headers: EVERYWHERE },
      {
        source: "/:path*",
        has: [{ type: "header", key: "x-forwarded-proto", value: "https" }],
        headers: HTTPS_ONLY,
      },
      { source: "/api/:path*", headers: DATA_ONLY },
      { source: "/ofrep/:path*", headers: DATA_ONLY },
    ];
  },
});
