import { z } from "zod";
import { minorUnits } from "#lib/launch/amount-text.ts";
import { isCurrency } from "#lib/launch/currencies.ts";
import { type Amount, CountryCode, Operation } from "#lib/launch/schema.ts";
import { OPEN_PHASES } from "#lib/launch/vocabulary.ts";

/** The forms of the country pages, from fields of text to what the verbs of lib/launch/countries.ts take. */

const numberOf = (text: string) => Number(text.replace(/[\s,]/g, ""));
const WHOLE = "A whole number";
const Units = z
  .string()
  .transform(numberOf)
  .pipe(z.number(WHOLE).int(WHOLE).min(0, "0 or more").max(100_000_000, "At most 100,000,000"))
  .optional();
const Version = z.coerce.number().int().min(1);
const Reason = z.string().trim().min(1).max(500, "At most 500 characters");
const country = { code: CountryCode, expected_version: Version, reason: Reason.optional() };
const caps = {
  user: Units,
  payment: Units,
  creator: Units,
  amount: z.string().optional(),
  currency: z.string().optional(),
};

type AmountFields = { amount?: string | undefined; currency?: string | undefined };

function amountOf({ amount, currency = "" }: AmountFields, context: z.RefinementCtx): Amount | undefined {
  if (amount === undefined) return undefined;
  if (!isCurrency(currency)) {
    context.addIssue({ code: "custom", path: ["currency"], message: "Choose the currency of this amount" });
    return undefined;
  }
  const minor = minorUnits(amount, currency);
  if (minor !== null) return { minor, currency };
  context.addIssue({ code: "custom", path: ["amount"], message: `An amount of ${currency}, such as 5000` });
  return undefined;
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves out what is undefined: to the engine an absent cap is one that stays. */
function given<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>;
}

export const ListForm = z.object({
  countries: z.array(CountryCode).min(1, "Choose at least one country").max(249),
});

export const ActivateForm = z
  .object({ ...country, phase: z.enum(OPEN_PHASES), ...caps })
  .transform(({ code, phase, expected_version, reason, user, payment, creator, ...money }, context) => ({
    code,
    input: {
      phase,
      expected_version,
      ...given({ reason }),
      caps: given({ user, payment, creator, amount: amountOf(money, context) }),
    },
  }));

export const AdvanceForm = z
  .object({ ...country, phase: z.enum(OPEN_PHASES), raise_caps: z.literal("on").optional() })
  .transform(({ code, raise_caps, reason, ...rest }) => ({
    code,
    input: { ...rest, ...given({ reason }), raise_caps: raise_caps === "on" },
  }));

export const PauseForm = z.object({ code: CountryCode, reason: Reason });

export const ResumeForm = z
  .object({ ...country, phase: z.enum(OPEN_PHASES) })
  .transform(({ code, reason, ...rest }) => ({ code, input: { ...rest, ...given({ reason }) } }));

export const CapsForm = z
  .object({ ...country, ...caps, no_amount: z.literal("on").optional() })
  .transform(({ code, expected_version, reason, user, payment, creator, no_amount, ...money }, context) => {
    const amount = no_amount === "on" ? null : amountOf(money, context);
    const changed = given({ user, payment, creator, amount });
    if (Object.keys(changed).length === 0 && context.issues.length === 0) {
      context.addIssue({ code: "custom", message: "Nothing is different yet: change a number first." });
    }
    return { code, input: { expected_version, ...given({ reason }), caps: changed } };
  });

export const ZoneForm = z
  .object({ ...country, time_zone: z.string().min(1, "Choose a time zone").max(64) })
  .transform(({ code, reason, ...rest }) => ({ code, input: { ...rest, ...given({ reason }) } }));

const Change = z.string().transform(numberOf).pipe(z.number(WHOLE).int(WHOLE));

export const CorrectForm = z
  .object({
    code: CountryCode,
    operation: Operation,
    how: z.enum(["change", "reset"]),
    change: Change.optional(),
    reason: Reason,
  })
  .transform(({ how, change, code: inCountry, ...rest }, context) => {
    if (how === "change" && (change === undefined || change === 0)) {
      context.addIssue({
        code: "custom",
        path: ["change"],
        message: "How many units to add, or with a minus to take back",
      });
    }
    return { ...rest, country: inCountry, change: how === "reset" ? null : (change ?? 0) };
  });

export const UnlistForm = z.object({ code: CountryCode });
