import { Suspense } from "react";
import { Callback } from "./callback";

export const metadata = { title: "Signing in" };

export default function CallbackPage() {
  return (
    <Suspense>
      <Callback />
    </Suspense>
  );
}
