import { reason, StackError } from "./stack-error.ts";

/** A step in progress: `done` ends its line, `failed` marks it. */
export interface Step {
  done(note?: string): void;
  failed(): void;
}

/** Writes to the person at the keyboard; nothing else in `stack/` prints. */
export interface Printer {
  line(text?: string): void;
  step(title: string): Step;
  problem(error: unknown): void;
}

const SLOW_STEP_MS = 10_000;

/** A printer on standard output. On a terminal a running step counts its seconds; elsewhere it says so every ten. */
export function createPrinter(interactive: boolean): Printer {
  // Whoever read our output may have left.
  process.stdout.on("error", () => undefined);
  const write = (text: string) => void process.stdout.write(text);
  const since = (from: number) => `${((performance.now() - from) / 1000).toFixed(1)} s`;

  function step(title: string): Step {
    const from = performance.now();
    const label = title.padEnd(34);
    const show = () => write(`\r\u001b[2K  ${label} ${since(from)}`);
    if (interactive) show();
    const timer = setInterval(
      () => (interactive ? show() : write(`  ${title}: working, ${since(from)}\n`)),
      interactive ? 100 : SLOW_STEP_MS,
    );
    timer.unref();
    const end = (mark: string, note: string) => {
      clearInterval(timer);
      write(`${interactive ? "\r\u001b[2K" : ""}${mark} ${label} ${since(from).padStart(7)}${note}\n`);
    };
    return {
      done: (note) => end("+", note ? `  ${note}` : ""),
      failed: () => end("x", ""),
    };
  }

  return {
    line: (text = "") => write(`${text}\n`),
    step,
    problem: (error) => {
      write(`\n  ${reason(error)}\n`);
      if (error instanceof StackError) write(`  ${error.wayOut}\n\n`);
      else if (error instanceof Error) write(`${error.stack ?? ""}\n`);
    },
  };
}
