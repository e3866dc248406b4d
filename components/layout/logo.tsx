import styles from "./logo.module.css";

/** The mark: a population narrowed step by step. */
export function LogoMark({ size = 20 }: { readonly size?: number }) {
  return (
    <svg viewBox="0 0 20 20" width={size} height={size} className={styles.mark} aria-hidden="true">
      <rect width="20" height="20" rx="5" fill="var(--st-ink)" />
      <path
        d="M5 6.5H15M6.8 10H13.2M8.7 13.5H11.3"
        stroke="var(--st-surface)"
        strokeWidth="1.7"
        strokeLinecap="round"
      />
    </svg>
  );
}

export function Logo() {
  return (
    <span className={styles.logo}>
      <LogoMark />
      Steward
    </span>
  );
}
