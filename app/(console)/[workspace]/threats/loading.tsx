import { PageLoading } from "#components/page-loading.tsx";

/** While threats are read. */
export default function Loading() {
  return <PageLoading shape="panels" />;
}
