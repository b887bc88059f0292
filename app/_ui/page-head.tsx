import type { ReactNode } from "react";

/** Title of a work screen, what stands beside it, and its acts at the right. */
export function PageHead({ title, aside, children }: { title: ReactNode; aside?: ReactNode; children?: ReactNode }) {
  return (
    <div className="flex min-h-16 flex-wrap items-center gap-x-3 gap-y-2 px-5 py-3">
      <h1 className="text-xl">{title}</h1>
      {aside ? <div className="text-ink-2 text-sm">{aside}</div> : null}
      {children ? <div className="ml-auto flex flex-wrap gap-2">{children}</div> : null}
    </div>
  );
}
