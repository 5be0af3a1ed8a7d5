import { Download } from "lucide-react";
import { buttonClass } from "@/ui/button";

/** A plain download: the file may be large, and the browser shows how it comes along. */
export function DownloadData() {
  return (
    <div className="flex flex-col items-start gap-3">
      <p className="text-soft">Your account, sessions, pieces, usage, purchases and security events, as JSON.</p>
      <a href="/v1/account/export" download="account.json" className={buttonClass()}>
        <Download size={18} aria-hidden="true" /> Download my data
      </a>
    </div>
  );
}
