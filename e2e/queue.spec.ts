import type { Page } from "@playwright/test";
import { z } from "zod";
import { expect, expectAccessible, listenIn, test } from "./fixtures.ts";
import { newMember } from "./people.ts";
import { ask, inDatabase, type Workspace } from "./workspace.ts";

/** The page asks every 5 to 13 seconds, and the job lets people in every 5. */
const ITS_TURN = { timeout: 40_000 };
const Place = z.object({ token: z.string(), state: z.string(), place: z.int().nullable(), page: z.url() });
const Claimed = z.object({ state: z.string(), reservation: z.object({ id: z.uuid() }).nullable() });

const Capacity = z.object({
  phase: z.string(),
  gates: z.array(z.object({ operation: z.string(), used: z.int() })),
});

/** Opens a country if it isn't, and caps its users at so many more than it has. */
async function letIn(workspace: Workspace, country: string, more: number): Promise<void> {
  const path = `countries/${country}`;
  const { phase, gates } = Capacity.parse((await ask(workspace, `GET ${path}/capacity`)).body);
  if (phase === "not_launched")
    await ask(workspace, `POST ${path}/activate`, { phase: "alpha", caps: { user: 0 } });
  const used = gates.find(({ operation }) => operation === "user")?.used ?? 0;
  const reply = await ask(workspace, `PATCH ${path}/caps`, { caps: { user: used + more } });
  expect(reply.status).toBe(200);
}

type Check = (question: Record<string, unknown>) => Promise<{ body: Record<string, unknown> }>;

/** Asks to let somebody in who would wait: their ticket. */
async function queueUp(check: Check, country: string, subject: string) {
  const { body } = await check({ country, operation: "user", subject, queue: true });
  expect(body).toMatchObject({ allowed: false, reason: "queued" });
  return Place.parse(body.ticket);
}

/** Gives tickets to users, from the queue's page, with a reason. */
async function switchOn(owner: Page): Promise<void> {
  await owner.goto("queue");
  const users = owner.getByRole("region", { name: "Users" });
  await users.getByRole("button", { name: "Change" }).click();
  const dialog = owner.getByRole("dialog", { name: "Queue of users" });
  const gives = dialog.getByRole("switch", { name: "Give tickets" });
  if (!(await gives.isChecked())) await gives.press("Space");
  // A busy machine may take more than the two minutes of a claim window between two steps of a journey.
  await dialog.getByLabel("Claim window, seconds").fill("600");
  await dialog.getByLabel("Return address").fill("https://app.example.com/join");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("A country with few places");
  await expectAccessible(owner);
  await dialog.getByRole("button", { name: "Change queue" }).click();
  await expect(dialog).toBeHidden();
  await expect(users.getByText("Yes", { exact: true })).toBeVisible();
}

test("E2E-45 a ticket's page says the place, then when, then that it is its turn; its claim is a granted check", async ({
  owner,
  workspace,
  browser,
  check,
}) => {
  await switchOn(owner);
  await letIn(workspace, "GR", 0);
  await queueUp(check, "GR", "before");
  const ticket = await queueUp(check, "GR", "somebody");
  const context = await browser.newContext();
  const page = await context.newPage();
  const said = listenIn(page);
  await page.goto(ticket.page);
  await expect(page.getByRole("heading", { name: "You are in the queue" })).toBeVisible();
  await expect(page.getByText("1 person is before you.")).toBeVisible();
  await expect(page.getByText("We can't say yet how long it will take.")).toBeVisible();
  await expectAccessible(page);

  await letIn(workspace, "GR", 1);
  await expect(page.getByText("You are next.")).toBeVisible(ITS_TURN);
  await expect(page.getByText(/^Your turn is expected in \d+ minutes?, at about \d\d:\d\d\.$/)).toBeVisible();
  await letIn(workspace, "GR", 1);
  await expect(page.getByRole("heading", { name: "It is your turn" })).toBeVisible(ITS_TURN);
  const goOn = page.getByRole("link", { name: "Go on" });
  await expect(goOn).toHaveAttribute("href", `https://app.example.com/join?ticket=${ticket.token}`);
  await expectAccessible(page);

  const { state, reservation } = Claimed.parse(
    (await ask(workspace, `POST tickets/${ticket.token}/claim`, { hold_seconds: 60 })).body,
  );
  expect(state).toBe("claimed");
  const kept = `cap-checks/${reservation?.id}`;
  expect((await ask(workspace, `POST ${kept}/commit`)).status).toBe(200);
  expect((await ask(workspace, `GET ${kept}`)).body).toMatchObject({
    allowed: true,
    reason: "granted",
    country: "GR",
  });
  await expect(page.getByRole("heading", { name: "You are through" })).toBeVisible(ITS_TURN);
  await expect(page.getByRole("button")).toHaveCount(0);
  expect(said).toEqual([]);
  await context.close();
});

test("E2E-46 without JavaScript the page renews itself in the reader's language; a passed and an unknown ticket say what to do", async ({
  owner,
  workspace,
  browser,
  check,
}) => {
  await switchOn(owner);
  await letIn(workspace, "IT", 0);
  const leaving = await queueUp(check, "IT", "leaves");
  const ticket = await queueUp(check, "IT", "stays");
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "it-IT" });
  const page = await context.newPage();
  await page.goto(ticket.page);
  await expect(page.locator("html")).toHaveAttribute("lang", "it");
  await expect(page.getByRole("heading", { name: "È in coda" })).toBeVisible();
  await expect(page.getByText("C'è 1 persona prima di lei.")).toBeVisible();

  const other = await context.newPage();
  await other.goto(leaving.page);
  await other.getByRole("button", { name: "Lascia la coda" }).click();
  await expect(other.getByRole("heading", { name: "Ha lasciato la coda" })).toBeVisible();
  expect(new URL(other.url()).pathname).toBe(new URL(leaving.page).pathname);

  await letIn(workspace, "IT", 1);
  await expect(page.getByRole("heading", { name: "È il suo turno" })).toBeVisible({ timeout: 45_000 });
  await expect(page.getByRole("link", { name: "Prosegui" })).toHaveAttribute("href", /ticket=/);

  await inDatabase(
    (sql) => sql`update launch.tickets set claim_until = launch.now()
      where workspace_id = ${workspace.id} and subject = 'stays' and state = 'ready'`,
  );
  await page.reload();
  await expect(page.getByRole("heading", { name: "Il suo turno è passato" })).toBeVisible();
  await expect(page.getByText("Torni nell'app per rimettersi in coda.")).toBeVisible();
  await expect(page.getByRole("link")).toHaveCount(0);

  const unknown = await page.goto(`${ticket.page.slice(0, -4)}AAAA`);
  expect(unknown?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "Non esiste un posto in coda come questo" })).toBeVisible();
  await expect(page.getByText("Controlli l'indirizzo, o torni nell'app e riprovi.")).toBeVisible();
  await context.close();
});

test("E2E-47 an operator sees how many wait, since when and until when, finds a ticket and clears a queue; a viewer only looks", async ({
  owner,
  workspace,
  browser,
  check,
}) => {
  await owner.goto("queue");
  await expect(owner.getByText("Nobody waits, and nobody waited today")).toBeVisible();
  await expect(owner.getByText("Switch the queue on below.")).toBeVisible();
  await expectAccessible(owner);
  await switchOn(owner);
  await letIn(workspace, "BG", 0);
  const subject = `first in line ${crypto.randomUUID()}`;
  const ticket = await queueUp(check, "BG", subject);
  await queueUp(check, "BG", "second in line");
  await owner.goto("queue");
  const bulgaria = (page: Page) =>
    page.getByRole("table", { name: "Queues" }).getByRole("row", { name: /Bulgaria/ });
  await expect(bulgaria(owner)).toContainText(/Bulgaria\s*Users\s*2\s*just now\s*When it opens/);
  await expectAccessible(owner);
  await owner.getByLabel("Subject").fill(subject);
  await owner.getByRole("button", { name: "Find tickets" }).click();
  // A form without a script of its own loads the page anew: what is streamed stands in it twice for a moment.
  await expect(owner.getByText("Bulgaria, users").filter({ visible: true })).toBeVisible();
  await expect(owner.getByRole("definition").filter({ hasText: /^Waiting$/ })).toBeVisible();

  const { guest, leave } = await newMember(browser, workspace, "viewer");
  await guest.goto("queue");
  await expect(bulgaria(guest)).toContainText("Bulgaria");
  await expect(guest.getByRole("region", { name: "Users" })).toContainText("600 seconds");
  await expect(guest.getByRole("button", { name: /^(Change|Clear)$/ })).toHaveCount(0);
  await leave();

  await owner.goto("queue");
  // Said in words once the page answers to clicks.
  await expect(bulgaria(owner)).toContainText(/ago|just now/);
  await bulgaria(owner).getByRole("button", { name: "Clear" }).click();
  const dialog = owner.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Nobody is let in today");
  await dialog.getByLabel(/to confirm/).fill("Bulgaria");
  await dialog.getByRole("button", { name: "Clear queue" }).click();
  await expect(bulgaria(owner).getByRole("button", { name: "Clear" })).toBeHidden();
  await owner.goto(ticket.page);
  await expect(owner.getByRole("heading", { name: "The queue has ended" })).toBeVisible();
});
