"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { form, openAction } from "#lib/action.ts";
import { confirmAddress } from "#lib/reports/shared.ts";

const Token = z.object({ token: z.string().min(1).max(120) });

/** Confirms the address that the link was mailed to. Whoever holds the link may. */
export const confirm = openAction.inputSchema(form(Token)).stateAction(async ({ parsedInput: { token } }) => {
  await confirmAddress(token);
  refresh();
});
