import { StateGlyph } from "@/components/ui/state-glyph";
import type { TestCase } from "@/lib/segments/document";
import type { TestResults } from "./use-test-results";

/** Whether a test case passes; a dash where nobody can say yet. */
export function TestGlyph({ passes }: { readonly passes: boolean | undefined }) {
  if (passes === undefined) return <StateGlyph state="never" size={13} label="not run" />;
  return <StateGlyph state={passes ? "passed" : "failed"} size={13} label={passes ? "passes" : "fails"} />;
}

export type PlacedTest = { readonly place: string; readonly test: TestCase; readonly passes: boolean | undefined };

/** Tests may share a name, and names change while they are typed; their place does not. */
export function placedTests(tests: readonly TestCase[], results: TestResults | null): readonly PlacedTest[] {
  return tests.map((test, index) => ({ place: `test ${index}`, test, passes: results?.passes[index] }));
}
