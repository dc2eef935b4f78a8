import { PageLoading } from "#components/page-loading.tsx";

/** While alerts are read. */
export default function Loading() {
  return <PageLoading shape="table" />;
}
