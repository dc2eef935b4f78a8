import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
import { type Account, newAccount, newEmail } from "./accounts.ts";
import { at } from "./at.ts";
import { ask, enter, inDatabase, newWorkspace, type Reply, type Workspace } from "./workspace.ts";

interface Fixtures {
  /** The test's own workspace. Addresses without a slash in front are within it: `page.goto("countries/PL")`. */
  workspace: Workspace;
  /** A page signed in as the workspace's owner. */
  owner: Page;
  /** Asks the gate for one cap check with the workspace's key. */
  check(question: Record<string, unknown>, key?: string): Promise<Reply>;
}

interface Shared {
  /** The owner of the workspaces of one worker's tests. */
  person: Account;
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
  // No page here has a frame, so that axe may finish where it began instead of in a blank page; what passes needn't be described.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] })
    .analyze();
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

/**
 * Lets `goto` and `reload` wait until what React streams is in its place: until then it is in the document twice, or hidden at
 * its end, and a test would find two of what a reader sees once.
 */
export function untilStreamed(page: Page): Page {
  const streamed = () => page.locator('[hidden][id^="S:"]').first().waitFor({ state: "detached" });
  const goto = page.goto.bind(page);
  const reload = page.reload.bind(page);
  page.goto = async (...args) => {
    const response = await goto(...args);
    await streamed();
    return response;
  };
  page.reload = async (...args) => {
    const response = await reload(...args);
    await streamed();
    return response;
  };
  return page;
}

/** The test of every journey: a page that logs an error or a warning fails it. */
export const test = base.extend<Fixtures, Shared>({
  person: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a fixture needs from this pattern.
    async ({}, use) => {
      await use(await inDatabase((sql) => newAccount(sql, newEmail("owner"), "Demo owner")));
    },
    { scope: "worker" },
  ],
  workspace: async ({ person }, use) => {
    await use(await newWorkspace(person));
  },
  baseURL: async ({ workspace }, use) => {
    await use(`${at.E2E_SITE}/${workspace.slug}/`);
  },
  page: async ({ page }, use) => {
    const said = listenIn(page);
    await use(untilStreamed(page));
    expect(said).toEqual([]);
  },
  owner: async ({ page, workspace }, use) => {
    await enter(page.context(), workspace.owner);
    await use(page);
  },
  check: async ({ workspace }, use) => {
    await use((question, key = crypto.randomUUID()) =>
      ask(workspace, "POST cap-checks", question, {
        headers: { "idempotency-key": key },
        where: at.E2E_GATE,
      }),
    );
  },
});

export { expect };
