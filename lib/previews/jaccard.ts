/** Both of either, 0 … 1; null where there is nobody in either. */
export function jaccard(both: number, a: number, b: number): number | null {
  const either = a + b - both;
  return either > 0 ? both / either : null;
}
