"use client";
import { useQuery } from "@tanstack/react-query";
import { api, ok } from "@/lib/api/client";
import { returnPath } from "@/lib/return-to";
import { buttonClass } from "@/ui/button";

export const PROVIDERS_KEY = ["public", "oauth-providers"] as const;

/** Signing in with somebody whom one trusts already. Plain links, as the service sends the browser on from there. */
export function Providers({ returnTo }: { returnTo: string }) {
  const { data } = useQuery({
    queryKey: PROVIDERS_KEY,
    queryFn: () => ok(api.GET("/v1/auth/oauth/providers")),
    staleTime: 600_000,
  });
  if (!data?.data.length) {
    return null; // there are none, or the list is not there: the password does
  }
  return (
    <div className="flex flex-col gap-3">
      <p className="flex items-center gap-3 text-sm text-soft before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        or
      </p>
      {data.data.map((each) => (
        <a
          key={each.name}
          href={`${each.start}?return_to=${encodeURIComponent(returnPath(returnTo).replace(/#.*/, ""))}`}
          className={buttonClass()}
        >
          Continue with {each.display_name}
        </a>
      ))}
    </div>
  );
}
