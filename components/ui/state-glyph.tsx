import type { ReactNode } from "react";
import styles from "./glyph.module.css";

export const glyphStates = [
  "live",
  "canary",
  "scheduled",
  "in-review",
  "approved",
  "draft",
  "deprecated",
  "archived",
  "attention",
  "killed",
  "never",
  "passed",
  "failed",
] as const;
export type GlyphState = (typeof glyphStates)[number];

const ring = <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.6" />;

type Look = { readonly name: string; readonly tone: keyof typeof styles & string; readonly shape: ReactNode };

const looks = {
  live: { name: "live", tone: "good", shape: <circle cx="8" cy="8" r="4.5" fill="currentColor" /> },
  canary: { name: "canary", tone: "good", shape: ring },
  scheduled: {
    name: "scheduled",
    tone: "accent",
    shape: (
      <>
        {ring}
        <path d="M8 4.8V8.2L10.2 9.6" {...stroke(1.5)} />
      </>
    ),
  },
  "in-review": {
    name: "in review",
    tone: "accent",
    shape: (
      <>
        {ring}
        <circle cx="8" cy="8" r="2.6" fill="currentColor" />
      </>
    ),
  },
  approved: {
    name: "approved",
    tone: "accent",
    shape: (
      <>
        {ring}
        <path d="M5.4 8.2L7.2 10L10.6 6.3" {...stroke(1.6)} />
      </>
    ),
  },
  draft: {
    name: "draft",
    tone: "dim",
    shape: (
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.6 2.11" />
    ),
  },
  deprecated: {
    name: "deprecated",
    tone: "warning",
    shape: (
      <>
        {ring}
        <path d="M5.2 8H10.8" {...stroke(1.6)} />
      </>
    ),
  },
  archived: {
    name: "archived",
    tone: "faint",
    shape: (
      <>
        <rect x="2.4" y="3" width="11.2" height="3.2" rx="0.8" {...stroke(1.4)} />
        <path d="M3.6 6.4V12.2Q3.6 13 4.4 13H11.6Q12.4 13 12.4 12.2V6.4M6.6 9H9.4" {...stroke(1.4)} />
      </>
    ),
  },
  attention: {
    name: "needs attention",
    tone: "warning",
    shape: (
      <>
        {ring}
        <path d="M8 4.9V8.6" {...stroke(1.6)} />
        <circle cx="8" cy="10.9" r="0.95" fill="currentColor" />
      </>
    ),
  },
  killed: {
    name: "killed",
    tone: "bad",
    shape: (
      <>
        <rect x="2" y="2" width="12" height="12" rx="2.5" fill="currentColor" />
        <path d="M5.6 5.6L10.4 10.4M10.4 5.6L5.6 10.4" {...onMark(1.7)} />
      </>
    ),
  },
  never: { name: "never released", tone: "faint", shape: <path d="M5.5 8H10.5" {...stroke(1.4)} /> },
  passed: {
    name: "passed",
    tone: "good",
    shape: (
      <>
        <circle cx="8" cy="8" r="6.5" fill="currentColor" />
        <path d="M5.1 8.2L7.1 10.2L10.9 6.1" {...onMark(1.6)} />
      </>
    ),
  },
  failed: {
    name: "failed",
    tone: "bad",
    shape: (
      <>
        <circle cx="8" cy="8" r="6.5" fill="currentColor" />
        <path d="M5.8 5.8L10.2 10.2M10.2 5.8L5.8 10.2" {...onMark(1.6)} />
      </>
    ),
  },
} satisfies Record<GlyphState, Look>;

function stroke(width: number) {
  return {
    fill: "none",
    stroke: "currentColor",
    strokeWidth: width,
    strokeLinecap: "round",
    strokeLinejoin: "round",
  } as const;
}

function onMark(width: number) {
  return { ...stroke(width), stroke: "var(--st-on-mark)" } as const;
}

/** A pie from twelve o'clock; a full one would have no arc, so it stays just below. */
function piePath(share: number): string {
  const angle = Math.min(Math.max(share, 0.02), 0.999) * 2 * Math.PI;
  const x = 8 + 4 * Math.sin(angle);
  const y = 8 - 4 * Math.cos(angle);
  return `M8 8V4A4 4 0 ${angle > Math.PI ? 1 : 0} 1 ${x.toFixed(2)} ${y.toFixed(2)}Z`;
}

type StateGlyphProps = {
  readonly state: GlyphState;
  /** 0 … 1, for canary. */
  readonly share?: number;
  readonly size?: number;
  /** The accessible name; "" where the text beside it already says it. */
  readonly label?: string;
};

/** One shape for each state, so that colour is never needed to tell them apart. */
export function StateGlyph({ state, share = 0, size = 14, label }: StateGlyphProps) {
  const look = looks[state];
  const name = label ?? look.name;
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      className={`${styles.glyph} ${styles[look.tone]}`}
      role={name === "" ? "presentation" : "img"}
      aria-label={name}
      aria-hidden={name === ""}
    >
      {look.shape}
      {state === "canary" && <path d={piePath(share)} fill="currentColor" />}
    </svg>
  );
}

type StateLabelProps = Omit<StateGlyphProps, "label"> & { readonly children: ReactNode };

/** The glyph, then the version or the word: "● v19", "◔ v11 · 25 %". */
export function StateLabel({ children, ...glyph }: StateLabelProps) {
  return (
    <span className={styles.label} data-quiet={glyph.state === "never" || undefined}>
      <StateGlyph {...glyph} />
      <span>{children}</span>
    </span>
  );
}

/** The state of the whole page, beside its title. */
export function StatePill({ children, ...glyph }: StateLabelProps) {
  return (
    <span className={styles.pill}>
      <StateGlyph {...glyph} label="" />
      {children}
    </span>
  );
}
