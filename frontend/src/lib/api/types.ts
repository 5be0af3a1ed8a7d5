import type { components, paths } from "./schema";

type Schemas = components["schemas"];

export type Format = Schemas["Format"];
export type TaskName = Schemas["Task"];
export type TaskState = Schemas["TaskState"];
export type JobStatus = Schemas["JobStatus"];
export type Job = Schemas["Job"];
export type JobSummary = Schemas["JobSummary"];
export type JobTask = Schemas["JobTask"];
export type StoredArtifact = Schemas["StoredArtifact"];
export type Failure = Schemas["Failure"];
export type Finding = Schemas["Finding"];
export type GenerateRequest = Schemas["GenerateRequest"];
export type BlogPost = Schemas["BlogPost"];
export type SocialPosts = Schemas["SocialPosts"];
export type AudioScript = Schemas["AudioScript"];
export type VideoScript = Schemas["VideoScript"];
export type Artifact = Schemas["Artifact"];
export type Measures = Schemas["Measures"];
export type PostMeasure = Measures["posts"][number];
export type Network = PostMeasure["network"];
export type Version = Schemas["Version"];
export type Tier = Schemas["Tier"];
export type Engine = paths["/v1/content/engine"]["get"]["responses"][200]["content"]["application/json"];
export type Usage = Schemas["Usage"];
export type User = Schemas["User"];
export type Me = Schemas["Me"];
export type SignedIn = Schemas["SignedIn"];

export const FORMATS: readonly Format[] = ["blog", "social", "audio", "video"];
