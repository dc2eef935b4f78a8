import { paint, plainLine, print, table } from "./board.ts";
import type { Ledger } from "./ledger.ts";
import type { Wire } from "./wire.ts";

const REDRAW_MS = 1000;
const PLAIN_MS = 5000;

export interface LiveOptions {
  plain: boolean;
  ledger: Ledger;
  wires: Map<string, Wire>;
  /** How far the day is, 0 to 1, and the time of day. */
  progress: () => { share: number; clock: string };
}

/** Shows the run as it goes: a table redrawn each second, or a line every five seconds. Returns what ends it. */
export function showLive({ plain, ledger, wires, progress }: LiveOptions): () => void {
  let drawn = 0;
  const draw = () => {
    const { share, clock } = progress();
    const full = Math.round(share * 40);
    const head = `  ${paint("bold", clock)}  ${paint("cyan", "━".repeat(full))}${paint("dim", "━".repeat(40 - full))}`;
    const lines = [head, "", ...table(ledger, wires)];
    const back = drawn === 0 ? "" : `\u001b[${drawn}A`;
    process.stdout.write(`${back}${lines.map((text) => `\u001b[2K${text}\n`).join("")}`);
    drawn = lines.length;
  };
  const say = () => print(plainLine(progress().clock, ledger, wires));
  if (!plain) draw();
  const timer = setInterval(plain ? say : draw, plain ? PLAIN_MS : REDRAW_MS);
  return () => {
    clearInterval(timer);
    if (!plain) {
      draw();
      return;
    }
    say();
    print();
    for (const text of table(ledger, wires)) print(text);
  };
}
