import { createServer } from "node:http";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { readCloudEvents } from "#lib/signals/cloud-events.ts";
import { parseEvent } from "#lib/signals/parse-event.ts";

// The least an HTTP server can do with a check's request: `node bench/echo.ts node|hono <port>` gives the body back as JSON. On /parse Hono
// parses a list and says how long it is, on /read it reads and checks events as the gate does, on /away it redirects.

const [, , kind, port] = process.argv;

if (kind === "hono") {
  const app = new Hono();
  app.post("/parse", async (c) => {
    const list: unknown = await c.req.json();
    return c.json({ accepted: Array.isArray(list) ? list.length : 0 });
  });
  app.post("/read", async (c) => {
    const { events } = await readCloudEvents(c.req.raw);
    const rows = events.map(parseEvent).filter((outcome) => "row" in outcome);
    return c.json({ accepted: rows.length }, 202);
  });
  app.post("/echo", async (c) => c.json(await c.req.json()));
  app.get("/away", (c) => c.redirect("https://example.com/app"));
  serve({ fetch: app.fetch, hostname: "127.0.0.1", port: Number(port) });
} else {
  createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      const text = JSON.stringify(JSON.parse(body));
      response.writeHead(200, {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(text),
      });
      response.end(text);
    });
  }).listen(Number(port), "127.0.0.1");
}
