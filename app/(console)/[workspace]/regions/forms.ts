import { z } from "zod";
import { parseRates } from "#lib/regions/rates.ts";
import { RegionSettingsInput, ScorecardInput } from "#lib/regions/schema.ts";

const Version = z.coerce.number().int().min(1);
const Reason = z.string().trim().min(1).max(500, "At most 500 characters");

const parsed = (text: string, context: z.RefinementCtx): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: "custom", message: "This form couldn't be read. Load the page again." });
    return z.NEVER;
  }
};
const Card = z.string().transform(parsed).pipe(ScorecardInput);

export const PreviewForm = z.object({ card: Card });
export const ScorecardForm = z.object({ card: Card, expected_version: Version, reason: Reason });

export const NoteForm = z.object({
  id: z.uuid(),
  body: z.string().trim().min(1, "Write something").max(4000),
});
export const CloseForm = z.object({ id: z.uuid(), expected_version: Version, reason: Reason });

export const SettingsForm = z
  .object({ expected_version: Version, reason: Reason })
  .extend(RegionSettingsInput.shape)
  .transform(({ expected_version, reason, ...settings }) => ({ expected_version, reason, settings }));

export const RatesForm = z.object({
  csv: z
    .string("Choose a file, or paste its lines")
    .max(900_000, "At most 900,000 characters. Split the file.")
    .transform((text, context) => {
      const read = parseRates(text);
      if ("rates" in read) return read.rates;
      context.addIssue({ code: "custom", message: read.problem });
      return z.NEVER;
    }),
});
