import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "#stack/config.ts";
import { freePort } from "#stack/ports.ts";
import { type Server, startServer } from "./children.ts";
import type { Place } from "./place.ts";

const LIMITED = `
import pg from "pg";
import { RateLimiterPostgres } from "rate-limiter-flexible";
const limits = new RateLimiterPostgres({
  storeClient: new pg.Pool({ connectionString: process.env.BENCH_URL, max: 10 }), storeType: "pool", schemaName: "bench",
  tableName: "limits", tableCreated: true, keyPrefix: "cap", points: 100_000_000, duration: 86_400, clearExpiredByTimeout: false,
});
export const POST = async (request) => {
  const { country, operation } = await request.json();
  const { remainingPoints } = await limits.consume(country + operation);
  return Response.json({ allowed: true, remaining: remainingPoints });
};
`;

const MISSION = `
import { MissionView } from "#app/(console)/[workspace]/mission/mission-view.tsx";
import { Providers } from "#components/providers.tsx";
import { asUser } from "#lib/db/as-user.ts";
import { readMission } from "#lib/overview/mission.ts";
export const dynamic = "force-dynamic";
export default async function Page() {
  const { workspaceId, owner, permissions } = JSON.parse(process.env.BENCH_MISSION);
  const mission = await asUser({ sub: owner }, (tx) => readMission(tx, { workspaceId, permissions }, Date.now()));
  return <Providers><MissionView slug="mission" mission={mission} mayPlan /></Providers>;
}
`;

const FILES: Record<string, string> = {
  "app/layout.jsx": 'export default ({ children }) => <html lang="en"><body>{children}</body></html>;\n',
  "app/nothing/route.js": "export const POST = async () => Response.json({ ok: true });\n",
  "app/away/[slug]/route.js":
    'export const dynamic = "force-dynamic";\nexport const GET = async () => new Response(null, { status: 302, headers: { location: "https://example.com/app" } });\n',
  "app/go/[slug]/route.js":
    'export const dynamic = "force-dynamic";\nexport { GET } from "#app/go/[slug]/route.ts";\n',
  "app/check/route.js": 'export { POST } from "#app/api/v1/cap-checks/route.ts";\n',
  "app/bulk/route.js": 'export { POST } from "#app/api/v1/cap-checks/batch/route.ts";\n',
  "app/limited/route.js": LIMITED,
  "app/mission/page.jsx": MISSION,
};

const nextCommand = (root: string) => join(root, "node_modules", "next", "dist", "bin", "next");
const folder = (root: string) => join(root, ".gantry", "bench-next");

/**
 * Builds a Next app: routes that do nothing or redirect and nothing more, the cap check, its batch and tracked links as the console serves them,
 * mission control without its session, and a rate limiter on the same Postgres. It is made in the project's data folder, inside the project, so that Next finds the same packages and sources; nothing of it
 * ships.
 */
export async function buildNext(root: string): Promise<void> {
  const dir = folder(root);
  rmSync(dir, { recursive: true, force: true });
  const config = `export default { turbopack: { root: ${JSON.stringify(root)} }, outputFileTracingRoot: ${JSON.stringify(root)}, poweredByHeader: false };\n`;
  for (const [file, text] of Object.entries({ ...FILES, "next.config.mjs": config })) {
    mkdirSync(join(dir, file, ".."), { recursive: true });
    writeFileSync(join(dir, file), text);
  }
  const child = spawn(process.execPath, [nextCommand(root), "build", dir], {
    cwd: root,
    env: { NODE_ENV: "production", ...readConfig().baseEnv },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      said += chunk;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`the Next app for the bench did not build: ${said}`);
}

/** Starts the app that was built. */
export async function startNext(place: Place, more: Record<string, string> = {}): Promise<Server> {
  const port = await freePort();
  const args = [nextCommand(place.root), "start", folder(place.root), "-H", "127.0.0.1", "-p", String(port)];
  return startServer(place.root, args, port, {
    DATABASE_URL: place.serviceUrl,
    BENCH_URL: place.adminUrl,
    GANTRY_SECRET: "a secret of at least 32 characters",
    GANTRY_TRUSTED_PROXIES: "1",
    GANTRY_SITE_URL: "http://127.0.0.1:3000",
    GANTRY_LOG_LEVEL: "error",
    NODE_ENV: "production",
    ...more,
  });
}

/** Takes the app away again. */
export function removeNext(root: string): void {
  rmSync(folder(root), { recursive: true, force: true });
}
