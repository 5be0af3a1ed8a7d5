import { FORMATS, type Format, type GenerateRequest, type Job } from "@/lib/api/types";

/** What the form holds: texts as they were typed. */
export type Brief = {
  topic: string;
  formats: readonly Format[];
  tone: string;
  length: string;
  language: string;
  audience: string;
  brandVoice: string;
};

export const TONES = ["professional", "friendly", "casual", "persuasive", "inspiring", "humorous", "academic"] as const;
export const LENGTHS = ["short", "medium", "long"] as const;

export const LENGTH_NAMES: Record<string, string> = {
  short: "Short, 350 words",
  medium: "Medium, 650 words",
  long: "Long, 1,200 words",
};

/** By their own names, as their readers know them. */
export const LANGUAGES: readonly (readonly [string, string])[] = [
  ["en", "English"],
  ["de", "Deutsch"],
  ["es", "Español"],
  ["fr", "Français"],
  ["pt", "Português"],
  ["it", "Italiano"],
  ["nl", "Nederlands"],
  ["pl", "Polski"],
  ["sv", "Svenska"],
  ["tr", "Türkçe"],
  ["uk", "Українська"],
  ["ar", "العربية"],
  ["hi", "हिन्दी"],
  ["id", "Bahasa Indonesia"],
  ["sw", "Kiswahili"],
  ["ja", "日本語"],
  ["ko", "한국어"],
  ["zh", "中文"],
];

export const TOPIC_LIMIT = 5_000;

export const SAMPLES: readonly (Brief & { name: string })[] = [
  {
    name: "Solar for small shops",
    topic: "Solar panels on the roof of a small shop: what they cost, what they save, and how to begin",
    formats: FORMATS,
    tone: "friendly",
    length: "short",
    language: "en",
    audience: "Owners of small shops who have never dealt with solar power",
    brandVoice: "",
  },
  {
    name: "Bakery on wheels",
    topic: "Our bakery now delivers warm bread by cargo bike before seven in the morning",
    formats: ["social", "video"],
    tone: "casual",
    length: "short",
    language: "en",
    audience: "Neighbours within three kilometres",
    brandVoice: "",
  },
  {
    name: "Sleep and learning",
    topic: "What sleep does for memory, and how students can use that in the week before an exam",
    formats: ["blog", "audio"],
    tone: "inspiring",
    length: "medium",
    language: "en",
    audience: "Students of 16 to 22",
    brandVoice: "",
  },
  {
    name: "Balance sheets in plain words",
    topic: "How to read a balance sheet in ten minutes, with one example from a family business",
    formats: ["blog", "social", "audio"],
    tone: "professional",
    length: "medium",
    language: "en",
    audience: "Founders without a background in finance",
    brandVoice: "",
  },
  {
    name: "A garden for bees",
    topic: "Six plants that feed wild bees from March to October, for balconies and small gardens",
    formats: FORMATS,
    tone: "friendly",
    length: "short",
    language: "en",
    audience: "City people with a balcony",
    brandVoice: "",
  },
];

export function sample(index: number): Brief {
  const { name: _, ...brief } = SAMPLES[index] ?? (SAMPLES[0] as (typeof SAMPLES)[number]);
  return brief;
}

/** A topic of somebody's own; the readers that a sample has in mind are not meant by it. */
export function withTopic(brief: Brief, topic: string): Partial<Brief> {
  const ofSample = SAMPLES.some(({ audience }) => audience === brief.audience);
  return ofSample && SAMPLES.every((each) => each.topic !== topic) ? { topic, audience: "" } : { topic };
}

/** What is wrong with a brief before it is sent. The service checks again. */
export function problems(brief: Brief): { topic?: string; formats?: string } {
  const length = Array.from(brief.topic.trim()).length;
  return {
    ...(length === 0 ? { topic: "Say in a sentence or two what it shall be about." } : {}),
    ...(length > TOPIC_LIMIT ? { topic: `${(length - TOPIC_LIMIT).toLocaleString("en")} characters too long.` } : {}),
    ...(brief.formats.length === 0 ? { formats: "Choose at least one." } : {}),
  };
}

/** The brief that a job was made of, to be changed and sent again. */
export function briefOf(job: Job): Brief {
  const { topic, formats, tone, length, language, audience, brand_voice } = job;
  return { topic, formats, tone, length, language, audience: audience ?? "", brandVoice: brand_voice ?? "" };
}

export function toRequest(brief: Brief): GenerateRequest {
  return {
    topic: brief.topic.trim(),
    formats: FORMATS.filter((format) => brief.formats.includes(format)),
    tone: brief.tone as GenerateRequest["tone"],
    length: brief.length as GenerateRequest["length"],
    language: brief.language,
    audience: brief.audience.trim() || null,
    brand_voice: brief.brandVoice.trim() || null,
  };
}
