import { PageLoading } from "#components/page-loading.tsx";

/** While the scorecard is read. */
export default function Loading() {
  return <PageLoading shape="form" />;
}
