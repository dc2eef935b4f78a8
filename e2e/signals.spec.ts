import postgres from "postgres";
import { at } from "./at.ts";
import { expect, expectAccessible, test } from "./fixtures.ts";
import { ask } from "./workspace.ts";

/** What came in is told every ten seconds, and the page renews itself each minute. */
const TOLD = { timeout: 60_000, intervals: [3000] };

function event(type: string, data: object, extra: object = {}) {
  return { specversion: "1.0", id: crypto.randomUUID(), source: "/journey", type, data, ...extra };
}

test("E2E-48 an operator sees what came in: by type, why some was refused, what is no type of ours, and how old measurements are", async ({
  owner: page,
  workspace,
}) => {
  const send = async (path: string, type: string, body: unknown) => {
    const reply = await ask(workspace, `POST ${path}`, body, {
      headers: { "content-type": type },
      where: at.E2E_GATE,
    });
    expect(reply.status).toBeLessThan(300);
    return reply.body;
  };
  const yesterday = { time: new Date(Date.now() - 26 * 3_600_000).toISOString() };
  const report = await send("events", "application/cloudevents-batch+json", [
    event("support.ticket_opened", { country: "RO" }),
    event("support.ticket_opened", { country: "RO" }, yesterday),
    event("store.rated", { country: "RO", value: 6 }),
    event("com.example.drill.held", {}),
  ]);
  expect(report).toMatchObject({ accepted: 2, unknown: 1, rejected: [{ index: 2 }] });
  const old = new Date(Date.now() - 600_000).toISOString();
  await send("measurements", "application/json", {
    measurements: [
      { name: "journey_fresh", value: 42 },
      { name: "journey_old", value: 7, at: old },
    ],
  });
  const row = (table: string, name: RegExp) =>
    page.getByRole("table", { name: table }).getByRole("row", { name });
  await expect(async () => {
    await page.goto("signals");
    const cells = row("Events by type", /support\.ticket_opened/).getByRole("cell");
    await expect(cells.nth(2)).toHaveText(/[1-9]/, { timeout: 1000 });
    await expect(cells.nth(3), "late").toHaveText(/[1-9]/, { timeout: 1000 });
  }).toPass(TOLD);
  await expect(row("Events by type", /store\.rated/)).toContainText("Last: data.value:");
  await expect(row("Events by type", /Not one of ours/)).toContainText("unknown");
  await expect(row("Unknown types", /com\.example\.drill\.held/)).toContainText("/journey");
  await expect(row("Measurements", /journey_fresh/)).not.toContainText("stale");
  await expect(row("Measurements", /journey_old/)).toContainText("stale");
  await expect(page.getByRole("figure", { name: /^Events each quarter/ })).toBeVisible();
  await expectAccessible(page);
});

test("E2E-49 a page that is still being read has its title and says that it loads; then it is there", async ({
  owner: page,
  workspace,
}) => {
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const sql = postgres(at.E2E_DATABASE, { max: 1, onnotice: () => undefined });
  const holding = await sql.reserve();
  await holding`begin`;
  await holding`lock table launch.event_intake in access exclusive mode`;
  const { body } = await fetch(`${at.E2E_SITE}/${workspace.slug}/signals`, { headers: { cookie } });
  let html = "";
  let first: string | undefined;
  for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    html += part;
    if (first !== undefined || !html.includes("Loading the page")) continue;
    first = html;
    await holding`rollback`;
  }
  holding.release();
  await sql.end();
  expect(first).toContain("<title>Signals · Demo product · Gantry</title>");
  expect(first).not.toContain("<h1");
  expect(html).toMatch(/<h1[^>]*>Signals/);
  await page.goto("signals");
  await expect(page.getByRole("heading", { name: "Signals", level: 1 })).toBeVisible();
  await expect(page.getByText("Loading the page")).toHaveCount(0);
});
