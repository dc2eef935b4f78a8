import { type Context, Hono } from "hono";
import * as health from "#app/api/health/route.ts";
import * as metrics from "#app/api/metrics/route.ts";
import * as ready from "#app/api/ready/route.ts";
import * as commit from "#app/api/v1/cap-checks/[id]/commit/route.ts";
import * as release from "#app/api/v1/cap-checks/[id]/release/route.ts";
import * as receipt from "#app/api/v1/cap-checks/[id]/route.ts";
import * as batch from "#app/api/v1/cap-checks/batch/route.ts";
import * as check from "#app/api/v1/cap-checks/route.ts";
import * as capacity from "#app/api/v1/countries/[code]/capacity/route.ts";
import * as events from "#app/api/v1/events/route.ts";
import * as measurements from "#app/api/v1/measurements/route.ts";
import * as subjectCountry from "#app/api/v1/subjects/[subject]/country/route.ts";
import * as claim from "#app/api/v1/tickets/[token]/claim/route.ts";
import * as ticket from "#app/api/v1/tickets/[token]/route.ts";
import * as go from "#app/go/[slug]/route.ts";
import * as leave from "#app/q/[token]/leave/route.ts";
import * as waiting from "#app/q/[token]/route.ts";
import * as status from "#app/q/[token]/status/route.ts";
import { within } from "#lib/deadline.ts";
import { AppError } from "#lib/errors.ts";
import { problemResponse } from "#lib/problem.ts";
import type { Handler } from "#lib/route.ts";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** Milliseconds for what is not batched: batched questions have their queue's own deadline. */
const DEADLINE = 8000;

function mount(handler: Handler): (c: Context) => Promise<Response> {
  return (c) => handler(c.req.raw, { params: Promise.resolve(c.req.param()) });
}

function timed(handler: Handler): Handler {
  return async (request, context) => {
    try {
      return await within(DEADLINE, handler(request, context));
    } catch (error) {
      return problemResponse(error);
    }
  };
}

function notAllowed(allowed: string[]): Response {
  const refusal = problemResponse(new AppError("method_not_allowed"));
  refusal.headers.set("allow", allowed.join(", "));
  return refusal;
}

/** The gate's paths: the console's own handlers, mounted as they are. Anything else is a problem document. */
export function routes(): Hono {
  const app = new Hono();
  app.post("/api/v1/cap-checks", mount(check.POST));
  app.post("/api/v1/cap-checks/batch", mount(batch.POST));
  const readReceipt = mount(timed(receipt.GET));
  // "batch" is a path of its own under Next, not an id.
  app.get("/api/v1/cap-checks/:id", (c) =>
    c.req.param("id") === "batch" ? notAllowed(["POST"]) : readReceipt(c),
  );
  app.post("/api/v1/cap-checks/:id/commit", mount(commit.POST));
  app.post("/api/v1/cap-checks/:id/release", mount(release.POST));
  app.get("/api/v1/countries/:code/capacity", mount(timed(capacity.GET)));
  app.post("/api/v1/events", mount(events.POST));
  app.post("/api/v1/measurements", mount(timed(measurements.POST)));
  app.get("/api/v1/subjects/:subject/country", mount(timed(subjectCountry.GET)));
  app.get("/api/v1/tickets/:token", mount(timed(ticket.GET)));
  app.delete("/api/v1/tickets/:token", mount(timed(ticket.DELETE)));
  app.post("/api/v1/tickets/:token/claim", mount(timed(claim.POST)));
  app.get("/go/:slug", mount(go.GET));
  app.get("/q/:token", mount(timed(waiting.GET)));
  app.get("/q/:token/status", mount(timed(status.GET)));
  app.post("/q/:token/leave", mount(timed(leave.POST)));
  app.get("/api/health", mount(health.GET));
  app.get("/api/ready", mount(ready.GET));
  app.get("/api/metrics", mount(metrics.GET));
  app.notFound((c) => {
    const allowed = METHODS.filter((method) => app.router.match(method, c.req.path)[0].length > 0);
    if (allowed.length === 0) return problemResponse(new AppError("not_found", "The gate has no such path."));
    return notAllowed(allowed);
  });
  app.onError((error) => problemResponse(error));
  return app;
}
