import { expect, test } from "vitest";
import { countryOf } from "#lib/client/country.ts";

test.each(["CF-IPCountry", "x-vercel-ip-country", "CloudFront-Viewer-Country"])(
  "COUNTRY-01 the country is read from %s, whatever its case",
  (name) => {
    expect(countryOf(new Headers({ [name]: "PL" }))).toBe("PL");
    expect(countryOf(new Headers({ [name]: " gb " }))).toBe("GB");
  },
);

test.each(["XX", "T1", "xx", "EL", "EU", "A1", "", "POL"])("COUNTRY-02 %j is an unknown country", (value) => {
  expect(countryOf(new Headers({ "cf-ipcountry": value }))).toBeNull();
});

test("COUNTRY-03 no header at all is an unknown country", () => {
  expect(countryOf(new Headers())).toBeNull();
});

test("COUNTRY-04 an edge that does not know leaves the word to the next one", () => {
  expect(countryOf(new Headers({ "cf-ipcountry": "XX", "x-vercel-ip-country": "IT" }))).toBe("IT");
});
