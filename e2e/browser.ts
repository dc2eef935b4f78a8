import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "@playwright/test";

const UNPACKED = join(import.meta.dirname, "../node_modules/.cache/chromium");

const INSTALLED = [
  chromium.executablePath(),
  "/usr/bin/google-chrome",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

// Not the package's own list: made for AWS Lambda, it draws in the browser's process, which now and then stops answering, and switches off the
// origin rules under test.
const ARGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none"];

/** What Playwright's `launchOptions` need to start a browser. */
export type BrowserLaunch = { executablePath: string; args: string[]; env: Record<string, string> };

/**
 * Finds a Chromium to test in: Playwright's own or the system's where there is one, otherwise (Linux on x64) the one packed
 * in the npm dependencies, unpacked once. The launch options returned work for root too, and add to `environment`.
 * Throws when there is no browser and none can be unpacked, saying what to install.
 */
export async function findBrowser(environment: Record<string, string | undefined>): Promise<BrowserLaunch> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) if (value !== undefined) env[name] = value;
  const installed = INSTALLED.find((path) => existsSync(path));
  if (installed !== undefined) return { executablePath: installed, args: ARGS, env };
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("No Chromium found. Install one with: npx playwright install chromium");
  }
  const { default: packed } = await import("@sparticuz/chromium");
  if (!existsSync(UNPACKED)) await unpack(() => packed.executablePath());
  return {
    executablePath: join(UNPACKED, "chromium"),
    args: ARGS,
    env: { ...env, FONTCONFIG_FILE: join(UNPACKED, "fonts.conf") },
  };
}

// The package unpacks into the temporary folder and trusts whatever lies there, half-written or of another version. So it gets
// a folder of its own, moved into place whole; when two processes do it at once, the first one's stays.
async function unpack(inflate: () => Promise<string>): Promise<void> {
  const partial = `${UNPACKED}-${process.pid}`;
  await mkdir(partial, { recursive: true });
  const usual = process.env.TMPDIR;
  process.env.TMPDIR = partial;
  try {
    await inflate();
  } finally {
    if (usual === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = usual;
  }
  await writeFile(join(partial, "fonts.conf"), fontConfig());
  await rename(partial, UNPACKED).catch(async (error: NodeJS.ErrnoException) => {
    await rm(partial, { recursive: true });
    if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
  });
}

function fontConfig(): string {
  return `<?xml version="1.0"?>
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(UNPACKED, "fonts")}</dir>
  <cachedir>${join(UNPACKED, "fonts-cache")}</cachedir>
</fontconfig>
`;
}
