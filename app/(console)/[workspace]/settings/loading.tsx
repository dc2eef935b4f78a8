import { PageLoading } from "#components/page-loading.tsx";

/** While settings are read. */
export default function Loading() {
  return <PageLoading shape="form" />;
}
