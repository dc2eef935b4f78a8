import type { Page } from "@playwright/test";
import { at, expect } from "./fixtures.ts";

/** Asks the API with the demo key; resolves with the status. */
async function call(path: string, body: unknown, type = "application/json"): Promise<number> {
  const response = await fetch(`${at.E2E_SITE}/api/v1/${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${at.E2E_KEY}`, "content-type": type },
    body: JSON.stringify(body),
  });
  await response.text();
  return response.status;
}

/** The accounts of a device that `newFarm` made. */
export const accountsOn = (device: string): string[] => [1, 2, 3].map((n) => `${device}-${n}`);

/** Registers three accounts on a device that nobody has seen yet. Resolves with the device. */
export async function newFarm(): Promise<string> {
  const device = `farm-${crypto.randomUUID()}`;
  const events = accountsOn(device).map((subject) => ({
    specversion: "1.0",
    id: subject,
    source: "/shop/threats",
    type: "registration.completed",
    subject,
    data: { country: "PL", device, ip: "203.0.113.7" },
  }));
  expect(await call("events", events, "application/cloudevents-batch+json")).toBeLessThan(300);
  return device;
}

/** Runs the shield until the threats page lists the device, and stays there. */
export async function findFarm(page: Page, device: string): Promise<void> {
  await expect
    .poll(
      async () => {
        await call("jobs/threat-shield/runs", {});
        await page.goto(`${at.E2E_SITE}/demo/threats`);
        return page.getByRole("link", { name: device, exact: true }).count();
      },
      { timeout: 60_000 },
    )
    .toBe(1);
}
