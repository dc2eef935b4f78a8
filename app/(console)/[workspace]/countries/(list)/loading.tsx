import { PageLoading } from "#components/page-loading.tsx";

/** While the countries are read. */
export default function Loading() {
  return <PageLoading shape="table" />;
}
