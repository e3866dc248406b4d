export type SqlParameter =
  | { readonly type: "text"; readonly value: string }
  | { readonly type: "texts"; readonly value: readonly string[] }
  | { readonly type: "number"; readonly value: number }
  | { readonly type: "instant"; readonly value: bigint };

export type SqlStatement = { readonly sql: string; readonly parameters: readonly SqlParameter[] };

/** Collects the values of a statement; each `add` gives the text that stands for one. */
export type SqlParameters = {
  readonly list: readonly SqlParameter[];
  add(parameter: SqlParameter): string;
};

/** `placeholder` gives the text that stands for a parameter; `position` counts from 1. */
export function collectParameters(
  placeholder: (type: SqlParameter["type"], position: number) => string,
): SqlParameters {
  const list: SqlParameter[] = [];
  return {
    list,
    add(parameter) {
      list.push(parameter);
      return placeholder(parameter.type, list.length);
    },
  };
}
