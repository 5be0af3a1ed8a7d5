import { Suspense } from "react";
import { Billing } from "./billing";

export const metadata = { title: "Billing" };

// What was bought is read in the browser: after a payment it must be as fresh as can be.
export default function BillingPage() {
  return (
    <Suspense>
      <Billing />
    </Suspense>
  );
}
