/** One look for every drop-down menu. */
export const menuContentClass = "z-50 min-w-44 rounded-3 bg-surface p-1 text-ink shadow-2";
export const menuItemClass =
  "flex min-h-9 cursor-pointer items-center gap-2 rounded-2 px-2.5 text-md outline-none data-[highlighted]:bg-surface-2 max-md:min-h-11";
