import { VerifyEmail } from "./verify-email";

export const metadata = { title: "Your address", referrer: "no-referrer" as const };

export default function VerifyEmailPage() {
  return <VerifyEmail />;
}
