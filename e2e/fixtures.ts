import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
import { z } from "zod";

const Settings = z.object({
  E2E_SITE: z.url(),
  E2E_GATE: z.url(),
  E2E_MAIL: z.url(),
  E2E_EMAIL: z.email(),
  E2E_PASSWORD: z.string(),
  E2E_KEY: z.string(),
  E2E_AUTH: z.url(),
  E2E_AUTH_KEY: z.string(),
  E2E_DATABASE: z.url(),
  E2E_LOGS: z.string(),
  /** Where a journey may listen for what goes to PagerDuty. */
  E2E_PAGERDUTY_PORT: z.coerce.number().default(0),
});

/** Where the running product is, and its demo sign-in. */
export const at = Settings.parse(process.env);

interface Fixtures {
  /** A page signed in as the demo owner, at the demo workspace's countries. */
  owner: Page;
  /** Asks the gate for one cap check with the demo key. */
  check(
    question: Record<string, unknown>,
    key?: string,
  ): Promise<{ status: number; body: Record<string, unknown> }>;
}

/** Signs a person in through the form and waits until they are through. */
export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto(`${at.E2E_SITE}/sign-in`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

/** Fails when axe finds anything on the page as it is. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`,
  );
  expect(found).toEqual([]);
}

/** Collects the errors and warnings that a page logs, and the exceptions nobody caught. */
export function listenIn(page: Page): string[] {
  const said: string[] = [];
  page.on("console", (message) => {
    // A busy machine takes seconds to paint; that the browser remarks on it says nothing about the page.
    const isSlow = message.text().includes("was preloaded using link preload");
    if (["error", "warning"].includes(message.type()) && !isSlow) said.push(message.text());
  });
  page.on("pageerror", (error) => said.push(String(error)));
  return said;
}

/** The test of every journey: a page that logs an error or a warning fails it. */
export const test = base.extend<Fixtures & { quiet: undefined }>({
  quiet: [
    async ({ page }, use) => {
      const said = listenIn(page);
      await use(undefined);
      expect(said).toEqual([]);
    },
    { auto: true },
  ],
  owner: async ({ page }, use) => {
    await signIn(page, at.E2E_EMAIL, at.E2E_PASSWORD);
    await page.goto(`${at.E2E_SITE}/demo/countries`);
    await use(page);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a fixture needs from this pattern.
  check: async ({}, use) => {
    await use(async (question, key = crypto.randomUUID()) => {
      const response = await fetch(`${at.E2E_GATE}/api/v1/cap-checks`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${at.E2E_KEY}`,
          "idempotency-key": key,
          "content-type": "application/json",
        },
        body: JSON.stringify(question),
      });
      return {
        status: response.status,
        body: z.record(z.string(), z.unknown()).parse(await response.json()),
      };
    });
  },
});

export { expect };
