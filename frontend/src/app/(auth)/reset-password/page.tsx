import { ResetPassword } from "./reset-password";

export const metadata = { title: "New password", referrer: "no-referrer" as const };

export default function ResetPasswordPage() {
  return <ResetPassword />;
}
