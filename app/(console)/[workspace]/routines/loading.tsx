import { PageLoading } from "#components/page-loading.tsx";

/** While the routines are read. */
export default function Loading() {
  return <PageLoading shape="cards" />;
}
