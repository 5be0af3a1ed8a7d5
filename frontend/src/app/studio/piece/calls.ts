import { api, ok } from "@/lib/api/client";
import type { Artifact, Format, Job, Measures, StoredArtifact, Version } from "@/lib/api/types";

const at = (id: string, format: Format) => ({ path: { id, format } });

export function readVersion(id: string, format: Format, version: number): Promise<StoredArtifact> {
  const params = { ...at(id, format), query: { version } };
  return asJson(api.GET("/v1/content/jobs/{id}/artifacts/{format}", { params }));
}

export function readNewest(id: string, format: Format): Promise<StoredArtifact> {
  return asJson(api.GET("/v1/content/jobs/{id}/artifacts/{format}", { params: at(id, format) }));
}

/** The route has other forms too; JSON is what the client asks for. */
async function asJson(call: Promise<{ data?: unknown; response: Response }>): Promise<StoredArtifact> {
  return (await ok(call)) as StoredArtifact;
}

export async function listVersions(id: string, format: Format): Promise<Version[]> {
  return (await ok(api.GET("/v1/content/jobs/{id}/artifacts/{format}/versions", { params: at(id, format) }))).data;
}

export function restore(id: string, format: Format, version: number): Promise<StoredArtifact> {
  return ok(
    api.POST("/v1/content/jobs/{id}/artifacts/{format}/restore", { params: at(id, format), body: { version } }),
  );
}

export function save(id: string, format: Format, baseVersion: number, artifact: Artifact): Promise<StoredArtifact> {
  const body = { base_version: baseVersion, artifact };
  return ok(api.PUT("/v1/content/jobs/{id}/artifacts/{format}", { params: at(id, format), body }));
}

export function regenerate(id: string, format: Format, note: string, key: string): Promise<Job> {
  const params = { ...at(id, format), header: { "Idempotency-Key": key } };
  return ok(
    api.POST("/v1/content/jobs/{id}/artifacts/{format}/regenerate", { params, body: { note: note.trim() || null } }),
  );
}

export async function measure(format: Format, artifact: Artifact, signal: AbortSignal): Promise<Measures> {
  return (await ok(api.POST("/v1/content/measure", { body: { format, artifact }, signal }))).measures;
}

export const FORMS = [
  ["md", "Markdown"],
  ["html", "Web page (HTML)"],
  ["docx", "Word (DOCX)"],
  ["txt", "Plain text"],
] as const;

/** Where the service gives a piece as a file. */
export function fileUrl(id: string, format: Format, as: (typeof FORMS)[number][0]): string {
  return `/v1/content/jobs/${id}/artifacts/${format}?as=${as}&download=true`;
}

export function markdownUrl(id: string, format: Format, version: number): string {
  return `/v1/content/jobs/${id}/artifacts/${format}?as=md&version=${version}`;
}

export function zipUrl(id: string): string {
  return `/v1/content/jobs/${id}/export`;
}
