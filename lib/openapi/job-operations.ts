import { JobRequest, JobRunRequested } from "#lib/jobs/schema.ts";
import type { Operation } from "./operation.ts";

/** Running jobs by hand. */
export const JOB_OPERATIONS: Operation[] = [
  {
    method: "post",
    path: "/api/v1/jobs/{job}/runs",
    tag: "Jobs",
    id: "request_job_run",
    summary: "Run a job now, in this workspace",
    description: "It is started at once; the jobs page shows how it went. One at a time and job.",
    scope: "jobs.run",
    params: JobRequest,
    status: 202,
    answer: JobRunRequested,
    refuses: ["invalid_input", "not_found", "illegal_transition"],
  },
];
