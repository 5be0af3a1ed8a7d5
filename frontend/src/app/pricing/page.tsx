import { Suspense } from "react";
import { Prefetched } from "@/lib/session/prefetch";
import { Pricing } from "./pricing";

export const metadata = { title: "Pricing" };

export default function PricingPage() {
  return (
    <Prefetched
      queries={[
        { key: ["public", "tiers"], path: "/v1/tiers" },
        { key: ["public", "payment-providers"], path: "/v1/billing/providers" },
        { key: ["subscription"], path: "/v1/billing/subscription" },
      ]}
    >
      <Suspense>
        <Pricing />
      </Suspense>
    </Prefetched>
  );
}
