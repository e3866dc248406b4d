/**
 * The line that leads to what is served: each version once, from the first to the current one. A rollback takes the
 * line back to where it leads, so what it undid is no part of it. `releases` come oldest first.
 */
export function releasedLine<Release extends { readonly versionId: string }>(releases: readonly Release[]): Release[] {
  const line: Release[] = [];
  for (const release of releases) {
    const known = line.findIndex(({ versionId }) => versionId === release.versionId);
    if (known >= 0) line.splice(known + 1);
    else line.push(release);
  }
  return line;
}
