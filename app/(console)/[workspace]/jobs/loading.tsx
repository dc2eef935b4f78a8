import { PageLoading } from "#components/page-loading.tsx";

/** While the jobs are read. */
export default function Loading() {
  return <PageLoading shape="table" />;
}
