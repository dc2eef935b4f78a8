import { stripVTControlCharacters, styleText } from "node:util";
import type { Ledger, Tally } from "./ledger.ts";
import type { Wire } from "./wire.ts";

type Style = Parameters<typeof styleText>[0];

/** Colours a text where the terminal shows colours. */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

/** Writes to the person at the keyboard; nothing else in `simulate/` prints. */
export function print(text = ""): void {
  process.stdout.write(`${text}\n`);
}

function percentile(sorted: number[], part: number): string {
  const value = sorted[Math.min(Math.floor(sorted.length * part), sorted.length - 1)];
  if (value === undefined) return "–";
  return value < 10 ? value.toFixed(1) : Math.round(value).toString();
}

/** "p50 p99" of latencies, in milliseconds. */
function latency(wires: Iterable<Wire>): [p50: string, p99: string] {
  const sorted = [...wires].flatMap((wire) => wire.latencies).toSorted((a, b) => a - b);
  return [percentile(sorted, 0.5), percentile(sorted, 0.99)];
}

const REASONS: Record<string, string> = { cap_reached: "cap", amount_cap_reached: "amount cap" };

function refusals(refused: Map<string, number>): string {
  const counts = [...refused].toSorted(([, a], [, b]) => b - a);
  return counts
    .map(([reason, count]) => `${count} ${REASONS[reason] ?? reason.replaceAll("_", " ")}`)
    .join(", ");
}

function bar(users: Tally["users"]): string {
  if (users === undefined) return " ".repeat(24);
  const share = users.cap === 0 ? 1 : Math.min(users.used / users.cap, 1);
  const full = Math.round(share * 10);
  const drawn = "█".repeat(full) + "░".repeat(10 - full);
  return `${paint(share >= 1 ? "red" : share > 0.8 ? "yellow" : "green", drawn)} ${`${users.used}/${users.cap}`.padEnd(13)}`;
}

const HEAD = ["", "users of cap", "asked", "granted", "released", "retried", "p50 ms", "p99 ms", "refused"];
const WIDTHS = [5, 24, 7, 8, 9, 8, 7, 7, 0];

function line(cells: string[]): string {
  const laid = cells.map((cell, column) => {
    const width = WIDTHS[column] ?? 0;
    const space = " ".repeat(Math.max(width - stripVTControlCharacters(cell).length, 0));
    return column < 2 || width === 0 ? cell + space : space + cell;
  });
  return `  ${laid.join(" ")}`.trimEnd();
}

function rowOf(name: string, tally: Tally, wires: Wire[]): string {
  const counts = [tally.asked, tally.granted, tally.released, tally.retried].map(String);
  const unanswered = tally.unanswered > 0 ? [paint("red", `${tally.unanswered} unanswered`)] : [];
  const refused = [refusals(tally.refused), ...unanswered].filter((text) => text !== "").join(", ");
  return line([name, bar(tally.users), ...counts, ...latency(wires), ` ${refused}`]);
}

/** The table of all countries as it stands. */
export function table(ledger: Ledger, wires: Map<string, Wire>): string[] {
  const rows = [...wires].map(([code, wire]) => rowOf(code, ledger.tally(code), [wire]));
  const all = rowOf(paint("bold", "all"), ledger.total(), [...wires.values()]);
  return [paint("dim", line(HEAD)), ...rows, all];
}

/** One line for where there is no terminal: totals, then granted of asked by country. */
export function plainLine(clock: string, ledger: Ledger, wires: Map<string, Wire>): string {
  const total = ledger.total();
  const [p50, p99] = latency(wires.values());
  const refused = refusals(total.refused);
  const countries = [...wires.keys()].map((code) => {
    const { granted, asked } = ledger.tally(code);
    return `${code} ${granted}/${asked}`;
  });
  return [
    `${clock}  asked ${total.asked}, granted ${total.granted}, refused: ${refused === "" ? "none" : refused}`,
    `released ${total.released}, retried ${total.retried}, p50 ${p50} ms, p99 ${p99} ms`,
    countries.join(" "),
  ].join(" | ");
}
