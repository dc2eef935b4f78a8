import { PageLoading } from "#components/page-loading.tsx";

/** While currency and rates are read. */
export default function Loading() {
  return <PageLoading shape="form" />;
}
