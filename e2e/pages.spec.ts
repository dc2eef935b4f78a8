import { at } from "./at.ts";
import { expect, expectAccessible, signIn, test } from "./fixtures.ts";
import { furnish } from "./furnish.ts";
import { enter } from "./workspace.ts";

const OPEN = ["/", "/docs", "/sign-in", "/sign-up", "/forgot-password"];
/** Without a slash in front: of the workspace. */
const SIGNED_IN = [
  ".",
  "routines",
  "reports",
  "countries",
  "countries/PL",
  "alerts",
  "load",
  "signals",
  "sequence",
  "jobs",
  "queue",
  "regions",
  "regions/PL",
  "regions/scorecard",
  "regions/money",
  "threats",
  "threats/blocklist",
  "dry-runs",
  "experiments",
  "campaigns",
  "forecast",
  "audit",
  "flags",
  "settings/members",
  "settings/keys",
  "settings/notifications",
  "settings/workspace",
  "settings/profile",
  "/new",
];

for (const scheme of ["light", "dark"] as const) {
  test(`E2E-01 axe finds nothing on any page, and none scrolls sideways, ${scheme}`, async ({
    page,
    workspace,
  }) => {
    await furnish(workspace);
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    const visit = async (path: string) => {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      // The title comes with the last of the page.
      await expect(page).toHaveTitle(/./);
      await expectAccessible(page);
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(sideways, path).toBeLessThanOrEqual(0);
    };
    for (const path of OPEN) await visit(path);
    await enter(page.context(), workspace.owner);
    for (const path of SIGNED_IN) await visit(path);
  });
}

test("E2E-02 a page of a workspace asks who you are, and brings you back", async ({ page }) => {
  await page.goto(`${at.E2E_SITE}/demo/countries/PL`);
  await page.waitForURL((url) => url.pathname === "/sign-in");
  await page.getByLabel("E-mail").fill(at.E2E_EMAIL);
  await page.getByRole("textbox", { name: "Password" }).fill(at.E2E_PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Poland");
});

test("E2E-03 the API page loads nothing from another host, needs no inline script, and finds an operation", async ({
  page,
}) => {
  const foreign: string[] = [];
  page.on("request", (request) => {
    const { host, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && host !== new URL(at.E2E_SITE).host) foreign.push(request.url());
  });
  const response = await page.goto(`${at.E2E_SITE}/docs`);
  const scripts = /script-src [^;]*/.exec(response?.headers()["content-security-policy"] ?? "")?.[0];
  expect(scripts).toContain("'nonce-");
  expect(scripts).not.toContain("'unsafe-inline'");
  const asking = page.getByRole("article", { name: "Ask whether something may happen" });
  await expect(asking.getByText("Idempotency-Key").first()).toBeVisible();
  const fold = page.getByRole("button", { name: "Contents" });
  if (await fold.isVisible()) await fold.click();
  await page.getByRole("searchbox", { name: "Find an operation" }).fill("stop at once");
  const found = page.getByRole("navigation", { name: "Operations" }).getByRole("link");
  await expect(found).toHaveCount(1);
  await found.click();
  await expect(page).toHaveURL(/#pause_country$/);
  expect(foreign).toEqual([]);
});

test("E2E-13 a form of another site, or of none, changes nothing, and no header gets past sign-in", async ({
  page,
}) => {
  await signIn(page, at.E2E_EMAIL, at.E2E_PASSWORD);
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const signOut = (headers: Record<string, string>) =>
    fetch(`${at.E2E_SITE}/auth/sign-out`, {
      method: "POST",
      redirect: "manual",
      headers: { cookie, ...headers },
    });
  expect((await signOut({})).status).toBe(403);
  expect((await signOut({ origin: "https://evil.example" })).status).toBe(403);
  const inside = (headers: Record<string, string>) =>
    fetch(`${at.E2E_SITE}/demo/countries`, { redirect: "manual", headers });
  expect((await inside({ cookie })).status).toBe(200);
  const passed = await inside({ "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" });
  expect(passed.status).toBe(307);
  expect(passed.headers.get("location")).toContain("/sign-in");
});
