import { Suspense } from "react";
import { Library } from "./library";

export const metadata = { title: "Library" };

export default function LibraryPage() {
  return (
    <Suspense>
      <Library />
    </Suspense>
  );
}
