import { Suspense } from "react";
import { Prefetched } from "@/lib/session/prefetch";
import { Account } from "./account";

export const metadata = { title: "Account" };

export default function AccountPage() {
  return (
    <Prefetched
      queries={[
        { key: ["sessions"], path: "/v1/auth/sessions" },
        { key: ["identities"], path: "/v1/auth/identities" },
        { key: ["api-keys"], path: "/v1/api-keys" },
      ]}
    >
      <Suspense>
        <Account />
      </Suspense>
    </Prefetched>
  );
}
