import { PageLoading } from "#components/page-loading.tsx";

/** While the queue is read. */
export default function Loading() {
  return <PageLoading shape="table" />;
}
