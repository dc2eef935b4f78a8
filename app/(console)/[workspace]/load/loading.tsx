import { PageLoading } from "#components/page-loading.tsx";

/** While load is read. */
export default function Loading() {
  return <PageLoading shape="panels" />;
}
