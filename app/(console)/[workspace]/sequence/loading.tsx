import { PageLoading } from "#components/page-loading.tsx";

/** While the sequence is read. */
export default function Loading() {
  return <PageLoading shape="table" />;
}
