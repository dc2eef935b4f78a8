import type { Metadata } from "next";
import { ApiReference } from "./api-reference.tsx";

export const metadata: Metadata = { title: "API" };

/** The API's reference, drawn from /api/v1/openapi.json by a viewer that is part of this build. */
export default function DocsPage() {
  return <ApiReference />;
}
