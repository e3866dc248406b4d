import styles from "./person.module.css";

function initialsOf(name: string): string {
  const words = name.split(/[\s.@_-]+/).filter((word) => word !== "");
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]?.slice(0, 2)];
  return letters
    .map((word) => (words.length > 1 ? (word ?? "").slice(0, 1) : (word ?? "")))
    .join("")
    .toUpperCase();
}

/** A person beside what they said or did; the name stands next to it, so it is hidden from screen readers. */
export function Initials({ name, size = 24 }: { readonly name: string; readonly size?: number }) {
  return (
    <span className={styles.initials} style={{ width: size, height: size }} title={name} aria-hidden>
      {initialsOf(name)}
    </span>
  );
}
