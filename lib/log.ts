import pino, { type Logger } from "pino";
import { dataEnv } from "#lib/env.ts";

let logger: Logger | undefined;

/** The process's JSON log. Credentials never reach it: headers and bodies are not logged, and these paths are blanked. */
export function log(): Logger {
  logger ??= pino({
    level: dataEnv().GANTRY_LOG_LEVEL,
    base: null,
    redact: [
      "*.authorization",
      "*.headers",
      "*.key",
      "*.password",
      "err.query",
      "err.parameters",
      "err.args",
    ],
  });
  return logger;
}
