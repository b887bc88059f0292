"use client";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Field } from "@/app/_ui/field";

/** Address and password; what was typed stays when it is refused. Once signed in, this same page leads on. */
export function SignInForm() {
  const t = useTranslations("accounts");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<"refused" | "tooMany" | "offline" | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const outcome = await signIn(email, password);
    if (outcome === "done") window.location.reload();
    else {
      setProblem(outcome);
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit} method="post" className="grid gap-4">
      <Field
        label={t("email")}
        name="email"
        type="email"
        autoComplete="username"
        required
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <Field
        label={t("password")}
        name="password"
        type="password"
        autoComplete="current-password"
        required
        value={password}
        error={problem && t(problem)}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" variant="primary" size="large" disabled={isBusy}>
        {t("signIn")}
      </Button>
    </form>
  );
}

async function signIn(email: string, password: string): Promise<"done" | "refused" | "tooMany" | "offline"> {
  try {
    const response = await fetch("/api/auth/sign-in/email", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email: email.trim(), password }),
    });
    if (response.ok) return "done";
    if (response.status === 429) return "tooMany";
    return response.status < 500 ? "refused" : "offline";
  } catch {
    return "offline";
  }
}
