/** Postgres arrays as text, to be cast `::text::type[]`: cheaper than what the driver writes, which quotes each value. */

const SPECIAL = /["\\]/g;

/** An array of values that need no quotes. A column that nobody filled in is empty, which reads as nulls. */
export function plain(values: (number | string | null)[]): string {
  return values.some((value) => value !== null) ? `{${values.map((value) => value ?? "null").join()}}` : "{}";
}

/** An array of texts. */
export function texts(values: (string | null)[]): string {
  return plain(values.map((value) => (value === null ? null : `"${value.replace(SPECIAL, "\\$&")}"`)));
}
