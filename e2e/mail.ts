import { expect } from "@playwright/test";
import { z } from "zod";
import { at } from "./at.ts";
import { deliver } from "./workspace.ts";

const Messages = z.array(
  z.looseObject({ subject: z.string(), text: z.string(), links: z.array(z.string()) }),
);

/** The mails to an address, newest first. */
export async function mailsTo(to: string): Promise<z.infer<typeof Messages>> {
  const response = await fetch(`${at.E2E_MAIL}/api/messages?to=${encodeURIComponent(to)}`);
  return Messages.parse(await response.json());
}

/** The first link of the newest mail to an address whose subject matches; waits for it to arrive, and for another link than `earlier`. */
export async function mailedLink(to: string, subject: RegExp, earlier?: string): Promise<string> {
  let link = "";
  await deliver();
  await expect(async () => {
    const messages = await mailsTo(to);
    link = messages.find((message) => subject.test(message.subject))?.links[0] ?? "";
    expect(link).toMatch(/^http/);
    expect(link).not.toBe(earlier);
  }).toPass({ timeout: 30_000 });
  return link;
}
