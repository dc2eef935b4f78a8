import { z } from "zod";
import { countryName } from "#lib/launch/country-name.ts";

const Cell = z.union([z.string(), z.number(), z.null()]);

/** A report's figures as the database keeps them: for each table its rows, and how many there are in all. */
export const Figures = z.record(
  z.string(),
  z.object({ rows: z.array(z.array(Cell)), total: z.number().int() }),
);

/** A table of a report: its file's name, its heading, its columns and rows as text and numbers. */
export type ReportTable = {
  file: string;
  title: string;
  note: string;
  columns: readonly string[];
  rows: (string | number | null)[][];
  /** How many rows there are; more than `rows` holds when it was cut. */
  total: number;
};

/** Everything an investor's package of a month says. */
export type ReportPackage = {
  workspace: { name: string; slug: string };
  /** First day of the month. */
  month: string;
  madeAt: string;
  tables: ReportTable[];
  /** Up to which entry the audit trail held, the hash of that entry, and the first that did not hold. */
  audit: { sequence: number; hash: string; firstBad: number | null; problem: string | null };
};

const TABLES = [
  {
    file: "kpis",
    title: "KPIs by country",
    note: "Sums over the local days of the month; active users of the best day; the store rating is the mean of the days. Revenue stands in the reporting currency of its day; what had no rate is named and left out.",
    columns: [
      "Country",
      "Installs",
      "Verified",
      "Rate %",
      "Active users",
      "Revenue",
      "Chargebacks",
      "Support",
      "Safety",
      "Rating",
    ],
  },
  {
    file: "phases",
    title: "Phase history",
    note: "Times are the country's own.",
    columns: ["Country", "At", "What", "Phase after", "By", "Reason"],
  },
  {
    file: "incidents",
    title: "Incidents",
    note: "Incidents that were open during the month, in the country's own time.",
    columns: ["Country", "Opened", "Risk score", "Paused", "Closed", "Because"],
  },
  {
    file: "campaigns",
    title: "Campaign returns",
    note: "Campaigns live in the month, with all that had been attributed to them when the report was made. The return is revenue in the currency of the cost, divided by the cost.",
    columns: [
      "Country",
      "Campaign",
      "Influencer",
      "Status",
      "Expected",
      "Installs",
      "Registrations",
      "Creators",
      "Purchases",
      "Cost",
      "Revenue",
      "Return",
    ],
  },
  {
    file: "audit",
    title: "Audit digest",
    note: "Entries of the month (UTC) by what was done, with the first and last number of each.",
    columns: ["Action", "Entries", "First", "Last"],
  },
] as const;

/** The names of a report's files, the PDF first. */
export const REPORT_FILES = ["report.pdf", ...TABLES.map(({ file }) => `${file}.csv`)];

/** A report's tables with their headings, from its figures. The first cell of a row is a country's code, but for the audit digest. */
export function reportTables(figures: z.infer<typeof Figures>): ReportTable[] {
  return TABLES.map((table) => {
    const { rows, total } = figures[table.file] ?? { rows: [], total: 0 };
    if (table.file === "audit") return { ...table, rows, total };
    const named = rows.map(([code, ...rest]) => [countryName(String(code)), ...rest]);
    return { ...table, rows: named, total };
  });
}
