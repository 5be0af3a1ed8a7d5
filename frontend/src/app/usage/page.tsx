import { Prefetched } from "@/lib/session/prefetch";
import { Usage } from "./usage";

export const metadata = { title: "Usage" };

export default function UsagePage() {
  return (
    <Prefetched queries={[{ key: ["usage"], path: "/v1/usage" }]}>
      <Usage />
    </Prefetched>
  );
}
