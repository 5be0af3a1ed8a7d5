import type { Artifact, AudioScript, BlogPost, Format, SocialPosts, VideoScript } from "@/lib/api/types";

/** A piece as plain paragraphs, for a comparison of two versions. */
export function paragraphs(format: Format, artifact: Artifact): string {
  return parts(format, artifact)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join("\n\n");
}

function parts(format: Format, artifact: Artifact): string[] {
  switch (format) {
    case "blog": {
      const post = artifact as BlogPost;
      return [
        post.title,
        post.introduction,
        ...post.sections.flatMap((each) => [each.heading, each.body]),
        post.conclusion,
      ];
    }
    case "social": {
      const posts = artifact as SocialPosts;
      return [
        `LinkedIn\n${posts.linkedin}`,
        `X\n${posts.x}`,
        `Facebook\n${posts.facebook}`,
        `Instagram\n${posts.instagram}`,
        posts.hashtags.join(" "),
        posts.call_to_action,
      ];
    }
    case "audio": {
      const script = artifact as AudioScript;
      return [
        script.intro_hook,
        ...script.sections.flatMap((each) => [each.heading, each.text]),
        script.conclusion,
        script.pacing_notes,
      ];
    }
    case "video": {
      const script = artifact as VideoScript;
      return [
        script.hook,
        ...script.scenes.flatMap((each) => [
          each.narration,
          `Picture: ${each.visual_cue}`,
          `On screen: ${each.on_screen_text}`,
        ]),
        script.conclusion,
      ];
    }
  }
}
