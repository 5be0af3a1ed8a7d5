import { ForgotPassword } from "./forgot-password";

export const metadata = { title: "Forgotten password" };

export default function ForgotPasswordPage() {
  return <ForgotPassword />;
}
