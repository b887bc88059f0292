import type { ButtonHTMLAttributes } from "react";

type Look = { variant?: "plain" | "primary" | "quiet" | "danger"; size?: "normal" | "large" };

const variants = {
  plain: "border-line-2 bg-surface text-ink hover:bg-surface-2 active:bg-surface-3",
  primary: "border-accent bg-accent text-on-accent hover:border-accent-hover hover:bg-accent-hover",
  quiet: "border-transparent bg-transparent text-ink-2 hover:bg-surface-2 active:bg-surface-3",
  danger: "border-line-2 bg-surface text-bad-text hover:bg-bad-tint",
};

/** Classes of a button, for links that look like one. One primary button per screen. */
export function buttonClass({ variant = "plain", size = "normal" }: Look = {}): string {
  const height = size === "large" ? "h-11 px-5 text-lg" : "h-8 px-3 max-md:h-11";
  const disabled =
    "disabled:cursor-not-allowed disabled:border-dashed disabled:border-line-2 disabled:bg-transparent disabled:text-ink-3";
  return `inline-flex items-center justify-center gap-2 whitespace-nowrap rounded-2 border font-medium ${height} ${variants[variant]} ${disabled}`;
}

export function Button({ variant, size, className = "", ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & Look) {
  return <button type="button" {...rest} className={`${buttonClass({ variant, size })} ${className}`} />;
}
