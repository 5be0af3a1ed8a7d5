import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { isStatic } from "@/lib/env";
import { Providers } from "@/lib/session/providers";
import { readSession } from "@/lib/session/server";
import { Footer } from "@/shell/footer";
import { Header } from "@/shell/header";
import { OfflineBanner } from "@/shell/offline-banner";
import { THEME_SCRIPT } from "@/shell/theme";
import { StatusRegion } from "@/ui/status";
import { instrument, newsreader, newsreaderItalic } from "./fonts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Content Crew", template: "%s · Content Crew" },
  description:
    "A crew of writing agents turns one brief into a blog post, social posts, an audio script and a video script.",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#faf8f3" },
    { media: "(prefers-color-scheme: dark)", color: "#141412" },
  ],
};

export default async function Layout({ children }: { children: ReactNode }) {
  const [session, nonce] = await Promise.all([readSession(), nonceOfPage()]);
  return (
    <html
      lang="en"
      className={`${newsreader.variable} ${newsreaderItalic.variable} ${instrument.variable}`}
      suppressHydrationWarning
    >
      <head>
        <script
          nonce={nonce}
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of our own, not anybody's text
          dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }}
        />
      </head>
      <body className="flex flex-col">
        <Providers session={session}>
          <StatusRegion>
            <a
              href="#main"
              className="no-print fixed start-3 top-3 z-50 -translate-y-24 rounded-lg bg-accent px-4 py-2.5 font-semibold text-on-accent opacity-0 focus:translate-y-0 focus:opacity-100"
            >
              Skip to the content
            </a>
            <OfflineBanner />
            <Header />
            <main id="main" tabIndex={-1} className="page flex-1 py-8 outline-none sm:py-12">
              {children}
            </main>
            <Footer />
          </StatusRegion>
        </Providers>
      </body>
    </html>
  );
}

async function nonceOfPage(): Promise<string | undefined> {
  if (isStatic) {
    return undefined;
  }
  const { headers } = await import("next/headers");
  return (await headers()).get("x-nonce") ?? undefined;
}
