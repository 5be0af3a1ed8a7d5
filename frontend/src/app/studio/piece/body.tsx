import type { AudioScript, BlogPost, SocialPosts, StoredArtifact, VideoScript } from "@/lib/api/types";
import { FORMAT_NAMES } from "../formats";
import { Blog } from "./blog";
import { Audio, Video } from "./scripts";
import { Social } from "./social";

/** The piece itself, each format as it will be used. An article has a title of its own; the others are named for who cannot see the tab. */
export function PieceBody({ stored, lang }: { stored: StoredArtifact; lang: string }) {
  const { format, artifact, measures } = stored;
  if (format === "blog") {
    return <Blog post={artifact as BlogPost} lang={lang} />;
  }
  return (
    <>
      <h2 className="sr-only">{FORMAT_NAMES[format]}</h2>
      {format === "social" && <Social posts={artifact as SocialPosts} measures={measures?.posts ?? []} lang={lang} />}
      {format === "audio" && <Audio script={artifact as AudioScript} lang={lang} />}
      {format === "video" && <Video script={artifact as VideoScript} lang={lang} />}
    </>
  );
}
