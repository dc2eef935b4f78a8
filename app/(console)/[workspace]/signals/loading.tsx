import { PageLoading } from "#components/page-loading.tsx";

/** While signals are read. */
export default function Loading() {
  return <PageLoading shape="panels" />;
}
