const steps = [1, 2, 2.5, 5, 10];

/** Three to five round values that span `low` … `high`. */
export function niceTicks(low: number, high: number): readonly number[] {
  const span = high - low || Math.abs(high) || 1;
  const rough = span / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (steps.find((each) => each * power >= rough) ?? 10);
  const first = Math.floor(low / step) * step;
  const count = Math.max(2, Math.ceil((high - first) / step - 1e-9) + 1);
  return Array.from({ length: count }, (_, index) => Number((first + index * step).toPrecision(12)));
}

/** `count` instants from the first to the last, evenly. */
export function timeTicks(first: number, last: number, count = 4): readonly number[] {
  if (last <= first) return [first];
  return Array.from({ length: count }, (_, index) => first + ((last - first) * index) / (count - 1));
}
