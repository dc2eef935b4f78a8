/** A failure the person at the keyboard can act on: one line that says what is wrong, one that says what to do. */
export class StackError extends Error {
  override readonly name = "StackError";
  readonly wayOut: string;

  constructor(message: string, wayOut: string, options?: ErrorOptions) {
    super(message, options);
    this.wayOut = wayOut;
  }
}

/** The text of anything thrown, on one line. */
export function reason(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return text.replaceAll(/\s*\n\s*/g, " ").trim();
}
