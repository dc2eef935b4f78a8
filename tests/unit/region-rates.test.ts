import { expect, test } from "vitest";
import { parseRates } from "#lib/regions/rates.ts";

test("KPI-24 a file of rates is read with its columns in any order, commas, semicolons or tabs, and blank lines", () => {
  const read = { rates: [{ day: "2026-11-24", base: "EUR", quote: "USD", rate: "1.0832" }] };
  for (const text of [
    "day,base,quote,rate\n2026-11-24,EUR,USD,1.0832\n",
    "\uFEFFRate;Quote;Base;Day\r\n1.0832;usd;eur;2026-11-24\r\n\r\n",
    "day\tbase\tquote\trate\n2026-11-24\t EUR \tUSD\t1.0832",
  ]) {
    expect(parseRates(text), text).toEqual(read);
  }
});

test.each([
  ["", "missing"],
  ["day,base,quote\n2026-11-24,EUR,USD", "rate missing"],
  ["day,base,quote,rate\n", "no rates"],
  ["day,base,quote,rate\n24.11.2026,EUR,USD,1", "Line 2: its day"],
  ["day,base,quote,rate\n2026-11-24,EUR,USD,1\n2026-11-24,EUX,USD,1", "Line 3: EUX is no currency"],
  ["day,base,quote,rate\n2026-11-24,EUR,,1", "Line 2: an empty quote is no currency"],
  ["day,base,quote,rate\n2026-11-24,EUR,EUR,1", "Line 2: base and quote are the same"],
  ["day,base,quote,rate\n2026-11-24,EUR,USD,-1", "Line 2: its rate"],
  ["day,base,quote,rate\n2026-11-24,EUR,USD,0", "Line 2: its rate"],
  ["day,base,quote,rate\n2026-11-24,EUR,USD,NaN", "Line 2: its rate"],
])("KPI-24 %j is refused and the line is named", (text, problem) => {
  const read = parseRates(text);
  expect("problem" in read ? read.problem : "").toContain(problem);
});
