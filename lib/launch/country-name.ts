const NAMES = new Intl.DisplayNames(["en"], { type: "region", fallback: "code" });

/** The English name of a country by its code: "PL" is "Poland". Call it on the server: browsers differ in a few names. */
export function countryName(code: string): string {
  return NAMES.of(code) ?? code;
}
