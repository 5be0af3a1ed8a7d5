"use client";
import type { ReactNode } from "react";
import { type ApiError, asApiError } from "@/lib/api/error";
import { signInFrom } from "@/lib/return-to";
import { Button, ButtonLink } from "./button";
import { CopyText } from "./copy-text";

type ErrorPanelProps = {
  error: unknown;
  /** What did not work: "The piece could not be loaded" */
  what: string;
  onRetry?: () => void;
  /** A next step of its own, instead of the one that follows from the error */
  next?: ReactNode;
  action?: ReactNode;
};

/** Says what went wrong, why, what to do next, and the number under which whoever runs the service finds it. */
export function ErrorPanel({ error, what, onRetry, next, action }: ErrorPanelProps) {
  const problem = asApiError(error);
  const signIn = problem.status === 401 ? signInFrom(location.pathname + location.search) : null;
  return (
    <div role="alert" className="rounded-xl border border-danger bg-danger-wash px-5 py-4">
      <p className="font-semibold text-danger">{what}</p>
      <p className="mt-1">{problem.detail}</p>
      <p className="mt-1 text-soft">{next ?? nextStep(problem)}</p>
      {problem.problem?.remedy && (
        <p className="mt-2">
          <CopyText text={problem.problem.remedy} />
        </p>
      )}
      <div className="mt-3 flex flex-wrap items-center gap-3 empty:hidden">
        {onRetry && problem.status !== 403 && (
          <Button size="sm" onClick={onRetry}>
            Try again
          </Button>
        )}
        {action}
        {signIn && (
          <ButtonLink size="sm" href={signIn}>
            Sign in
          </ButtonLink>
        )}
        {problem.requestId && (
          <span className="text-sm text-soft">
            Request <CopyText text={problem.requestId} />
          </span>
        )}
      </div>
    </div>
  );
}

export function nextStep(error: ApiError): string {
  switch (error.code) {
    case "NETWORK":
      return "What you have written is kept in this page.";
    case "AUTH_ERROR":
      return "What you have written is kept.";
    case "RATE_LIMITED":
      return error.retryAfter ? `Try again in ${inWords(error.retryAfter)}.` : "Wait a moment, then try again.";
    case "PLAN_LIMIT_EXCEEDED":
      return "Your work is kept. A larger plan lifts the limit at once.";
    case "LLM_UNAVAILABLE":
    case "SERVICE_UNAVAILABLE":
      return "It usually passes by itself. Nothing was charged.";
    case "MODEL_MISSING":
      return "Whoever runs the service can fetch the model with this command:";
    case "VALIDATION_ERROR":
      return "Mend what is named, then send it again.";
    case "NOT_FOUND":
      return "It may have been deleted, or it belongs to another account.";
    case "CONFLICT":
      return "Reload the page to see how it stands now.";
    case "FORBIDDEN":
      return "If you think this is wrong, sign out and in again.";
    default:
      return "If it happens again, tell whoever runs the service, with the request number.";
  }
}

function inWords(seconds: number): string {
  return seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}
