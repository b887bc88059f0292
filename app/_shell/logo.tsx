/** The mark: two waves on the accent disc. */
export function Logo({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="11" fill="var(--accent)" />
      <path
        d="M4.5 10.2c2.5-2.6 5-2.6 7.5 0s5 2.6 7.5 0M4.5 14.6c2.5-2.6 5-2.6 7.5 0s5 2.6 7.5 0"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="1.9"
        strokeLinecap="round"
      />
    </svg>
  );
}
