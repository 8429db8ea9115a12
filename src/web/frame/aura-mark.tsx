/** The sign of Aura: a play button in its glow. Decorative; the name stands beside it. */
export function AuraMark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <circle cx="16" cy="16" r="13" fill="none" stroke="var(--mark)" strokeWidth="3.5" />
      <path
        d="M13 10.6v10.8a.8.8 0 0 0 1.2.7l8.6-5.4a.8.8 0 0 0 0-1.4l-8.6-5.4a.8.8 0 0 0-1.2.7z"
        fill="var(--mark)"
      />
    </svg>
  );
}
