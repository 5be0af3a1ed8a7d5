"use client";
import { WifiOff } from "lucide-react";
import { useSyncExternalStore } from "react";

function onChange(call: () => void): () => void {
  addEventListener("online", call);
  addEventListener("offline", call);
  return () => {
    removeEventListener("online", call);
    removeEventListener("offline", call);
  };
}

export function OfflineBanner() {
  const online = useSyncExternalStore(
    onChange,
    () => navigator.onLine,
    () => true,
  );
  return (
    <div role="status" className="no-print">
      {!online && (
        <p className="bg-warn-wash text-warn">
          <span className="page flex items-center gap-2 py-2 text-sm font-semibold">
            <WifiOff size={16} aria-hidden="true" /> You are offline. What you type is kept, and a running job goes on
            without you.
          </span>
        </p>
      )}
    </div>
  );
}
