import type { ReactNode } from "react";

/** Nothing yet: says so and offers the first act, in the place the content will have. */
export function EmptyBox({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="m-5 grid min-h-40 place-content-center justify-items-center gap-3 rounded-2 border border-line-2 border-dashed p-6 text-center text-ink-2">
      <p>{title}</p>
      {children}
    </div>
  );
}

/** What happened, what is kept, what to do; same place as the content. */
export function ErrorBox({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div role="alert" className="m-5 grid min-h-40 content-center gap-2 rounded-2 border border-line-2 bg-surface p-6">
      <p className="font-bold">{title}</p>
      <p className="max-w-[68ch] text-ink-2 text-sm">{text}</p>
      <div className="flex gap-2">{children}</div>
    </div>
  );
}

/** Still blocks in the size of what is on its way. */
export function LoadingBox({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="m-5 grid min-h-40 content-start gap-3">
      <span className="h-4 w-2/5 rounded-1 bg-surface-3" />
      <span className="h-4 w-full rounded-1 bg-surface-3" />
      <span className="h-4 w-4/5 rounded-1 bg-surface-3" />
      <span className="h-14 w-full rounded-1 bg-surface-3" />
    </div>
  );
}
