import { PageLoading } from "#components/page-loading.tsx";

/** While dry runs are read. */
export default function Loading() {
  return <PageLoading shape="panels" />;
}
