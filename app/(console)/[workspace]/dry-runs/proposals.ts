import type { CountryProposal, Proposal } from "#lib/dryrun/schema.ts";
import { majorText, minorUnits } from "#lib/launch/amount-text.ts";
import { isCurrency } from "#lib/launch/currencies.ts";
import { OPERATIONS, type Operation } from "#lib/launch/vocabulary.ts";

/** A field's text without spaces and thousands separators; null when it is blank. */
export const textOf = (form: FormData, name: string) => {
  const value = form.get(name);
  return typeof value === "string" && value.trim() !== "" ? value.replace(/[\s,]/g, "") : null;
};
/** A field's number; null when it is blank. */
export const numberOf = (form: FormData, name: string) => {
  const text = textOf(form, name);
  return text === null ? null : Number(text);
};

/** The caps that a form of caps holds, by the names of its inputs; what it doesn't send stays. */
export function capsOf(form: FormData): CountryProposal {
  const units = OPERATIONS.flatMap((operation) => {
    const value = numberOf(form, operation);
    return value === null ? [] : [[`${operation}_units`, value] as const];
  });
  const [amount, currency] = [textOf(form, "amount"), textOf(form, "currency") ?? ""];
  const minor = amount !== null && isCurrency(currency) ? minorUnits(amount, currency) : null;
  return {
    ...Object.fromEntries(units),
    ...(minor !== null && { amount_minor: minor, amount_currency: currency }),
    ...(form.get("no_amount") === "on" && { amount_minor: -1, amount_currency: undefined }),
  };
}

/** The units that a dry run tried, as a form of caps types them. */
export function triedUnits(tried: CountryProposal | null): Partial<Record<Operation, number>> {
  return Object.fromEntries(
    OPERATIONS.flatMap((operation) => {
      const units = tried?.[`${operation}_units`];
      return units === undefined ? [] : [[operation, units]];
    }),
  );
}

/** The amount cap that a dry run tried, as a form types it; null where it tried none. */
export function triedAmount(
  tried: CountryProposal | null,
): { amount: string; currency: string | null } | null {
  const { amount_minor: minor, amount_currency: currency } = tried ?? {};
  if (minor === undefined || minor < 0 || currency === undefined || !isCurrency(currency)) return null;
  return { amount: majorText(minor, currency), currency };
}

/** A proposal for one country. */
export function forCountry(code: string, proposal: CountryProposal): Proposal {
  return { countries: { [code]: proposal } };
}

/** The limit that a form of a limit holds; null while it has no number. */
export function limitOf(form: FormData): Proposal | null {
  const [name, value] = [textOf(form, "name"), numberOf(form, "value")];
  if (name === null || value === null) return null;
  return { limits: [{ name, value, kind: form.get("kind") === "adaptive" ? "adaptive" : "static" }] };
}
