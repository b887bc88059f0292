import { type ComponentProps, type ReactNode, useId } from "react";

const boxClass =
  "flex h-9 items-center gap-2 rounded-2 border border-line-field bg-surface px-2.5 focus-within:outline-2 focus-within:outline-focus focus-within:outline-offset-2 max-md:h-11";
const inputClass = "min-w-0 flex-1 bg-transparent outline-none placeholder:text-ink-3 focus-visible:outline-none";

type Frame = {
  label: ReactNode;
  /** Said after the value, inside the box. */
  unit?: ReactNode;
  hint?: ReactNode;
  /** A sentence: what is wrong, the limit, the remedy. */
  error?: string | null;
};

/** A labelled text box with its unit, hint and error sentence. */
export function Field({ label, unit, hint, error, className = "", ...input }: Frame & ComponentProps<"input">) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} className={className}>
      <div className={`${boxClass} ${error ? "border-bad ring-1 ring-bad ring-inset" : ""}`}>
        <input
          {...input}
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={hint || error ? `${id}-note` : undefined}
          className={inputClass}
        />
        {unit ? <span className="whitespace-nowrap text-ink-3 text-xs">{unit}</span> : null}
      </div>
    </FieldFrame>
  );
}

/** A labelled choice from a short list; the browser's own control, so phones show their wheel. */
export function SelectField({
  label,
  hint,
  error,
  className = "",
  children,
  ...select
}: Frame & ComponentProps<"select">) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} className={className}>
      <div className={`${boxClass} ${error ? "border-bad ring-1 ring-bad ring-inset" : ""}`}>
        <select
          {...select}
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={hint || error ? `${id}-note` : undefined}
          className={`${inputClass} bg-surface`}
        >
          {children}
        </select>
      </div>
    </FieldFrame>
  );
}

function FieldFrame({
  id,
  label,
  hint,
  error,
  className,
  children,
}: Frame & { id: string; className: string; children: ReactNode }) {
  return (
    <div className={`grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-1.5 ${className}`}>
      <label htmlFor={id} className="font-medium text-ink-2 text-xs">
        {label}
      </label>
      {children}
      {error ? (
        <p id={`${id}-note`} role="alert" className="text-bad-text text-xs">
          {error}
        </p>
      ) : hint ? (
        <p id={`${id}-note`} className="text-ink-3 text-xs">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
