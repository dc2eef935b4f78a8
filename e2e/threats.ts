import type { Page } from "@playwright/test";
import { expect } from "./fixtures.ts";
import { ask, type Workspace } from "./workspace.ts";

/** The accounts of a device that `newFarm` made. */
export const accountsOn = (device: string): string[] => [1, 2, 3].map((n) => `${device}-${n}`);

/** Registers three accounts on a device that nobody has seen yet. Resolves with the device. */
export async function newFarm(workspace: Workspace): Promise<string> {
  const device = `farm-${crypto.randomUUID()}`;
  const events = accountsOn(device).map((subject) => ({
    specversion: "1.0",
    id: subject,
    source: "/shop/threats",
    type: "registration.completed",
    subject,
    data: { country: "PL", device, ip: "203.0.113.7" },
  }));
  const { status } = await ask(workspace, "POST events", events, {
    headers: { "content-type": "application/cloudevents-batch+json" },
  });
  expect(status).toBeLessThan(300);
  return device;
}

/** Runs the shield until the threats page lists the device, and stays there. */
export async function findFarm(page: Page, workspace: Workspace, device: string): Promise<void> {
  await expect
    .poll(
      async () => {
        await ask(workspace, "POST jobs/threat-shield/runs", {});
        await page.goto("threats");
        return page.getByRole("link", { name: device, exact: true }).count();
      },
      { timeout: 60_000 },
    )
    .toBe(1);
}
