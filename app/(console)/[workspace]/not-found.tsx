import { PageMissing } from "#components/page-missing.tsx";

export default function ConsoleNotFound() {
  return <PageMissing href="/" label="Go to the start" />;
}
