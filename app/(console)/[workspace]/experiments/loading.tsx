import { PageLoading } from "#components/page-loading.tsx";

/** While experiments are read. */
export default function Loading() {
  return <PageLoading shape="panels" />;
}
