import { z } from "zod";

/** The name of a job: `load-gate`. */
export const JobName = z
  .string()
  .regex(/^[a-z][a-z-]*[a-z]$/)
  .max(60)
  .meta({ examples: ["load-gate"] });
export const JobRequest = z.object({ job: JobName });

/** A run that was asked for. */
export const JobRunRequested = z.object({ run_id: z.uuid() }).meta({ id: "JobRunRequested" });
