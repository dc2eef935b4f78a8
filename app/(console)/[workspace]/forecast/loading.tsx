import { PageLoading } from "#components/page-loading.tsx";

/** While the forecast is read. */
export default function Loading() {
  return <PageLoading shape="panels" />;
}
