import { PageLoading } from "#components/page-loading.tsx";

/** While the audit trail is read. */
export default function Loading() {
  return <PageLoading shape="table" />;
}
