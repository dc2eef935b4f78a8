import { join } from "node:path";
import { Document, Font, Page, renderToBuffer, StyleSheet, Text, View } from "@react-pdf/renderer";
import type { ReportPackage, ReportTable } from "./package.ts";

const FONTS = join(process.cwd(), "node_modules/@expo-google-fonts/noto-sans");
const INK = "#1c2430";
const MUTED = "#5b6675";
const LINE = "#d9dee5";
const ACCENT = "#0f6b6f";
/** Laying out a page costs more the more rows there are; beyond these, the CSV file has them. */
const ROWS_SHOWN = 60;
/** Of so many letters a word is left whole; a longer one may be broken after so many. */
const LONGEST_WORD = 13;
const WORD_PIECE = 9;

Font.register({
  family: "Noto Sans",
  fonts: [
    { src: join(FONTS, "400Regular/NotoSans_400Regular.ttf"), fontWeight: 400 },
    { src: join(FONTS, "600SemiBold/NotoSans_600SemiBold.ttf"), fontWeight: 600 },
  ],
});
// A country's name in two pieces can't be searched for; a long address or short name would run into the next column.
Font.registerHyphenationCallback((word) =>
  word.length <= LONGEST_WORD ? [word] : (word.match(new RegExp(`.{1,${WORD_PIECE}}`, "g")) ?? [word]),
);

const styles = StyleSheet.create({
  page: { padding: 40, paddingBottom: 56, fontFamily: "Noto Sans", fontSize: 8.5, color: INK },
  brand: { color: ACCENT, fontSize: 10, fontWeight: 600 },
  title: { marginTop: 6, fontSize: 22, fontWeight: 600 },
  about: { marginTop: 2, color: MUTED },
  facts: { flexDirection: "row", gap: 10, marginTop: 16 },
  fact: { flexGrow: 1, flexBasis: 0, padding: 10, borderWidth: 1, borderColor: LINE, borderRadius: 4 },
  factName: { color: MUTED, fontSize: 7.5 },
  factValue: { marginTop: 2, fontSize: 14, fontWeight: 600 },
  heading: { marginTop: 22, fontSize: 12.5, fontWeight: 600 },
  // Room that the head and the first row take back, so that no page ends with a heading alone.
  top: { paddingBottom: 60, marginBottom: -60 },
  note: { marginTop: 1, marginBottom: 6, color: MUTED, fontSize: 7.5 },
  row: { flexDirection: "row", paddingVertical: 3.5, borderBottomWidth: 0.7, borderColor: LINE },
  head: { color: MUTED, fontWeight: 600, fontSize: 7.5 },
  cell: { flexGrow: 1, flexBasis: 0, paddingRight: 6 },
  number: { textAlign: "right", paddingRight: 14 },
  first: { flexGrow: 1.4, fontWeight: 600 },
  code: { marginTop: 4, padding: 8, backgroundColor: "#f3f5f7", fontSize: 7.5 },
  foot: {
    position: "absolute",
    left: 40,
    right: 40,
    bottom: 26,
    flexDirection: "row",
    justifyContent: "space-between",
  },
});

const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
const COUNT = new Intl.NumberFormat("en");

function cellText(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  return typeof value === "number" ? COUNT.format(value) : value;
}

type Cells = readonly (string | number | null)[];
type RowProps = { cells: Cells; numeric: readonly boolean[]; isHead?: boolean };

function Row({ cells, numeric, isHead = false }: RowProps) {
  return (
    <View style={isHead ? [styles.row, styles.head] : styles.row} wrap={false}>
      {cells.map((cell, index) => (
        <Text
          // biome-ignore lint/suspicious/noArrayIndexKey: a printed row never changes.
          key={index}
          style={[
            styles.cell,
            ...(index === 0 ? [styles.first] : []),
            ...(numeric[index] === true ? [styles.number] : []),
          ]}
        >
          {cellText(cell)}
        </Text>
      ))}
    </View>
  );
}

/** Which columns hold numbers, as far as their first rows tell. */
const numericColumns = (columns: Cells, rows: readonly Cells[]): boolean[] =>
  columns.map((_, index) => index > 0 && rows.some((cells) => typeof cells[index] === "number"));

function Section({ table: { file, title, note, columns, rows, total } }: { table: ReportTable }) {
  const shown = rows.slice(0, ROWS_SHOWN);
  const numeric = numericColumns(columns, shown);
  return (
    <View>
      <View style={styles.top} wrap={false}>
        <Text style={styles.heading}>{title}</Text>
        <Text style={styles.note}>{note}</Text>
      </View>
      <Row cells={columns} numeric={numeric} isHead />
      {shown.length === 0 && <Text style={styles.note}>None in this month.</Text>}
      {shown.map((cells, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a printed row never changes.
        <Row key={index} cells={cells} numeric={numeric} />
      ))}
      {total > shown.length && (
        <Text style={[styles.note, { marginTop: 4 }]}>
          {`These are the first ${COUNT.format(shown.length)} of ${COUNT.format(total)} rows. `}
          {total > rows.length
            ? `The file ${file}.csv holds the first ${COUNT.format(rows.length)}.`
            : `The file ${file}.csv holds them all.`}
        </Text>
      )}
    </View>
  );
}

function AuditProof({ audit: { sequence, hash, firstBad, problem } }: Pick<ReportPackage, "audit">) {
  const outcome =
    problem === null
      ? `Verified: yes. All ${COUNT.format(sequence)} entries of the trail hold.`
      : `Verified: no. Entry ${firstBad} is ${problem}; the ${COUNT.format(sequence)} before it hold.`;
  return (
    <View wrap={false}>
      <Text style={styles.heading}>Verification of the audit trail</Text>
      <Text style={styles.note}>{outcome}</Text>
      <Text>
        Each entry carries the SHA-256 hash of the one before it. The last that held when this report was
        made:
      </Text>
      <Text style={styles.code}>{`entry ${sequence}\n${hash === "" ? "none" : hash}`}</Text>
      <Text style={styles.note}>
        To verify it yourself: export the trail as JSON on the page Audit and run npm run audit:verify on the
        file. The entry of that number must have that hash.
      </Text>
    </View>
  );
}

function Facts({ tables, audit }: ReportPackage) {
  const count = (file: string) => tables.find((table) => table.file === file)?.total ?? 0;
  const facts: [string, string][] = [
    ["Countries with KPIs", COUNT.format(count("kpis"))],
    ["Phase changes", COUNT.format(count("phases"))],
    ["Incidents", COUNT.format(count("incidents"))],
    ["Audit trail", audit.problem === null ? "Verified" : "Broken"],
  ];
  return (
    <View style={styles.facts}>
      {facts.map(([name, value]) => (
        <View key={name} style={styles.fact}>
          <Text style={styles.factName}>{name}</Text>
          <Text style={styles.factValue}>{value}</Text>
        </View>
      ))}
    </View>
  );
}

/** Whether a report was made before its month was over everywhere: the last midnight is twelve hours after that of UTC. */
function isUnfinished(month: string, madeAt: string): boolean {
  const first = new Date(month);
  const end = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1, 12);
  return new Date(madeAt).getTime() < end;
}

function ReportDocument({ report }: { report: ReportPackage }) {
  const { workspace, month, madeAt, tables, audit } = report;
  const title = `Launch report, ${MONTH.format(new Date(month))}`;
  return (
    <Document title={`${workspace.name}: ${title}`} author="Gantry" language="en">
      <Page size="A4" orientation="landscape" style={styles.page}>
        <Text style={styles.brand}>Gantry</Text>
        <Text style={styles.title}>{title}</Text>
        <Text style={styles.about}>
          {workspace.name} ({workspace.slug}), made {madeAt.slice(0, 16).replace("T", " ")} UTC
          {isUnfinished(month, madeAt) && ". The month was not over: these are its figures so far."}
        </Text>
        <Facts {...report} />
        {tables.map((table) => (
          <Section key={table.file} table={table} />
        ))}
        <AuditProof audit={audit} />
        <View style={styles.foot} fixed>
          <Text style={{ color: MUTED, fontSize: 7.5 }}>{workspace.name}</Text>
          <Text
            style={{ color: MUTED, fontSize: 7.5 }}
            render={({ pageNumber, totalPages }) => `${pageNumber} of ${totalPages}`}
          />
        </View>
      </Page>
    </Document>
  );
}

/** The package as a PDF. Its fonts come with the product; nothing is loaded from elsewhere. */
export function packagePdf(report: ReportPackage): Promise<Buffer> {
  return renderToBuffer(<ReportDocument report={report} />);
}
