/** A body that must be refused, by what, and where: `path` ends the path of a finding, where there is a node to name. */
export type RuleBomb = {
  readonly kind: string;
  readonly body: string;
  /** The code of a finding, or of the problem itself. */
  readonly code: RegExp;
  readonly path?: string;
};

const rulePath = "definition.rule";
const plan = '{"attribute":"plan","operator":"equals","value":"premium"}';
const groups = ["all", "any", "none"] as const;

/** A preview of a document with the rule as it stands in JSON. */
export function bodyOf(rule: string): string {
  return `{"document":{"key":"bomb","name":"Bomb","owner":{"team":"growth","person":"a@x.test"},"purposes":["service"],"regions":["eu"],"definition":{"rule":${rule}}}}`;
}

function bomb(kind: string, rule: string, code: RegExp, path?: string): RuleBomb {
  return { kind, body: bodyOf(rule), code, ...(path === undefined ? {} : { path: `${rulePath}${path}` }) };
}

/** Five hundred, of every kind that somebody thought of. `cycle` names three live segments, each referring to the next. */
export function ruleBombs(cycle: readonly [string, string, string]): RuleBomb[] {
  return [
    ...deep(),
    ...wide(),
    ...long(),
    ...prototypes(),
    ...circles(cycle),
    ...patterns(),
    ...manyKeys(),
    ...wideLists(),
    ...deepValues(),
    ...strangeNumbers(),
    ...doubled(),
    ...misshapen(),
  ];
}

function deep(): RuleBomb[] {
  return groups.flatMap((kind) =>
    [7, 8, 10, 15, 19, 25, 40, 64, 100, 300, 1_000, 3_000, 10_000, 50_000].map((depth) =>
      bomb("nested deep", `{"${kind}":[`.repeat(depth) + plan + "]}".repeat(depth), /^too-deep$/, undefined),
    ),
  );
}

function wide(): RuleBomb[] {
  const children = [plan, "0", "{}", "[]", "null", '{"all":[]}'];
  const small = [201, 1_000, 5_000];
  const large = [10_001, 50_000, 1_000_000];
  return groups.flatMap((kind) => [
    ...children.flatMap((child) =>
      small.map((count) =>
        bomb("a wide group", `{"${kind}":[${repeated(child, count)}]}`, /^too-many-children$/, `.${kind}`),
      ),
    ),
    ...["0", "{}"].flatMap((child) =>
      large.map((count) =>
        bomb("a wide group", `{"${kind}":[${repeated(child, count)}]}`, /^too-many-items$/, `.${kind}`),
      ),
    ),
    ...[2, 5, 20].map((count) =>
      bomb(
        "many conditions",
        `{"${kind}":[${repeated(`{"any":[${repeated(plan, 150)}]}`, count)}]}`,
        /^too-many-conditions$/,
      ),
    ),
  ]);
}

function long(): RuleBomb[] {
  const lengths = [1_001, 50_000, 1_000_000, 3_500_000];
  return lengths.flatMap((length) => {
    const text = "x".repeat(length);
    return [
      bomb("a long text", `{"attribute":"plan","operator":"equals","value":"${text}"}`, /^too-long$/, ".value"),
      bomb(
        "a long text",
        `{"all":[{"attribute":"plan","operator":"in","value":["a","${text}"]}]}`,
        /^too-long$/,
        ".all[0].value[1]",
      ),
      ...["attribute", "segment", "list"].map((part) =>
        bomb("a long name", `{"any":[{"${part}":"${text}","operator":"is_set"}]}`, /^too-long$/, `.any[0].${part}`),
      ),
      bomb("a long name", `{"attribute":"plan","operator":"${text}"}`, /^too-long$/, ".operator"),
      bomb("a long field", `{"attribute":"plan","operator":"is_set","${text}":1}`, /^(too-long|unknown-field)$/, ""),
    ];
  });
}

const poison = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "__defineGetter__"];

function prototypes(): RuleBomb[] {
  return poison.flatMap((key) => [
    bomb(
      "a prototype key",
      `{"all":[{"attribute":"${key}","operator":"is_set"}]}`,
      /^unknown-attribute$/,
      ".all[0].attribute",
    ),
    bomb("a prototype key", `{"segment":"${key}","operator":"member"}`, /^unknown-segment$/, ".segment"),
    bomb("a prototype key", `{"list":"${key}","operator":"listed"}`, /^unknown-list$/, ".list"),
    bomb("a prototype key", `{"attribute":"plan","operator":"${key}"}`, /^unknown-operator$/, ".operator"),
    bomb("a prototype key", `{"${key}":[${plan}]}`, /^unknown-node$/, ""),
    bomb(
      "a prototype key",
      `{"any":[{"attribute":"plan","operator":"is_set","${key}":{"all":[]}}]}`,
      /^unknown-field$/,
      ".any[0]",
    ),
  ]);
}

function circles(cycle: readonly [string, string, string]): RuleBomb[] {
  const [first] = cycle;
  const body = (rule: string) => bodyOf(rule).replace('"key":"bomb"', `"key":"${first}"`);
  return cycle.flatMap((segment) =>
    ["member", "not_member"].flatMap((operator) =>
      [
        ["", ""],
        ['{"all":[', "]}"],
        [`{"any":[${plan},`, "]}"],
      ].map(([before = "", after = ""]): RuleBomb => {
        const rule = `${before}{"segment":"${segment}","operator":"${operator}"}${after}`;
        const place = before === "" ? "" : before.startsWith('{"all"') ? ".all[0]" : ".any[1]";
        return { kind: "a circle", body: body(rule), code: /^reference-cycle$/, path: `${rulePath}${place}.segment` };
      }),
    ),
  );
}

function patterns(): RuleBomb[] {
  const evil = ["(a+)+$", "(a|aa)+$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*)*x", "a".repeat(63), `${"a".repeat(60)}!`];
  return evil.flatMap((text) => [
    bomb("a pattern", `{"attribute":"${text}","operator":"is_set"}`, /^unknown-attribute$/, ".attribute"),
    bomb("a pattern", `{"segment":"${text}","operator":"member"}`, /^unknown-segment$/, ".segment"),
    bomb("a pattern", `{"attribute":"plan","operator":"matches","value":"${text}"}`, /^unknown-operator$/, ".operator"),
    bomb("a pattern", `{"attribute":"spend","operator":"equals","value":"${text}"}`, /^bad-value$/, ".value"),
    bomb(
      "a pattern",
      `{"all":[${repeated(`{"attribute":"${text}","operator":"is_set"}`, 200)}]}`,
      /^unknown-attribute$/,
      ".all[0].attribute",
    ),
  ]);
}

function manyKeys(): RuleBomb[] {
  return [1_001, 5_000, 20_000, 100_000, 300_000].flatMap((count) => {
    const fields = Array.from({ length: count }, (_, index) => `"k${index}":0`).join(",");
    return [
      bomb("many fields", `{${fields}}`, /^too-many-fields$/, ""),
      bomb("many fields", `{"all":[${plan},{${fields}}]}`, /^too-many-fields$/, ".all[1]"),
      bomb(
        "many fields",
        `{"attribute":"plan","operator":"equals","value":{${fields}}}`,
        /^too-many-fields$/,
        ".value",
      ),
      { kind: "many fields", body: `{${fields}}`, code: /^too-many-fields$/ },
    ];
  });
}

function wideLists(): RuleBomb[] {
  return ["in", "not_in", "contains_any", "contains_all"].flatMap((operator) =>
    [1_001, 2_000, 9_999, 10_001, 250_000].flatMap((count) =>
      ['"v"', "1", "{}"].map((value) =>
        bomb(
          "a wide list",
          `{"all":[{"attribute":"plan","operator":"${operator}","value":[${repeated(value, count)}]}]}`,
          count > 10_000 ? /^too-many-items$/ : /^too-many-values$/,
          ".all[0].value",
        ),
      ),
    ),
  );
}

function deepValues(): RuleBomb[] {
  return [2, 5, 15, 60, 1_000, 10_000, 100_000].flatMap((depth) => [
    bomb(
      "a deep value",
      `{"attribute":"plan","operator":"in","value":${"[".repeat(depth)}1${"]".repeat(depth)}}`,
      /^(bad-value|too-deep)$/,
    ),
    bomb(
      "a deep value",
      `{"attribute":"plan","operator":"equals","value":${'{"n":'.repeat(depth)}1${"}".repeat(depth)}}`,
      /^(bad-value|too-deep)$/,
    ),
  ]);
}

function strangeNumbers(): RuleBomb[] {
  const condition = (value: string) => `{"all":[{"attribute":"spend","operator":"at_least","value":${value}}]}`;
  const words = [
    "NaN",
    "Infinity",
    "-Infinity",
    "undefined",
    "+1",
    ".5",
    "'1'",
    "0x10",
    "01",
    "1_000",
    "1.",
    "-",
    "True",
    "nul",
  ];
  return [
    ...words.map((word) => bomb("a strange number", condition(word), /^not-json$/)),
    ...["NaN", "Infinity", "-Infinity", "undefined", "+1", ".5", "'1'", "True"].map((word) =>
      bomb("a strange number", `{"all":[${plan},${condition(word)}]}`, /^not-json$/),
    ),
    ...["1e999", "-1e999", `1${"0".repeat(400)}`, '"NaN"', '"Infinity"', "null", "true", "[1]"].map((value) =>
      bomb("a strange number", condition(value), /^bad-value$/, ".all[0].value"),
    ),
  ];
}

function doubled(): RuleBomb[] {
  return [
    bomb("a field twice", `{"all":[${plan}],"all":[]}`, /^duplicate-field$/, ".all"),
    bomb("a field twice", `{"all":[${plan}],"\\u0061ll":[]}`, /^duplicate-field$/, ".all"),
    bomb(
      "a field twice",
      `{"attribute":"plan","attribute":"spend","operator":"is_set"}`,
      /^duplicate-field$/,
      ".attribute",
    ),
    bomb(
      "a field twice",
      `{"all":[{"attribute":"plan","operator":"is_set","operator":"is_not_set"}]}`,
      /^duplicate-field$/,
      ".all[0].operator",
    ),
    bomb(
      "a field twice",
      `{"attribute":"seen","operator":"within_last","value":{"n":1,"n":2,"unit":"days"}}`,
      /^duplicate-field$/,
      ".value.n",
    ),
    bomb("a field twice", `{"__proto__":{},"__proto__":{},"all":[${plan}]}`, /^duplicate-field$/, ".__proto__"),
    ...[20, 500, 900].map((count) => {
      const fields = Array.from({ length: count }, (_, index) => `"k${index}":0`).join(",");
      return bomb("a field twice", `{${fields},"k${count - 1}":1}`, /^duplicate-field$/, `.k${count - 1}`);
    }),
  ];
}

/** Every value that JSON has, where a rule, a group, a condition or a field of one should stand. */
function misshapen(): RuleBomb[] {
  const values = ["null", "0", "true", '""', '"nothing"', "[]", "[[]]", "{}", '{"":0}'];
  const places: [before: string, after: string][] = [
    ["", ""],
    ['{"all":', "}"],
    ['{"any":', "}"],
    ['{"none":', "}"],
    ['{"all":[', "]}"],
    ['{"any":[', `,${plan}]}`],
    ['{"none":[{"all":[', "]}]}"],
    ['{"attribute":', ',"operator":"is_set"}'],
    ['{"segment":', ',"operator":"member"}'],
    ['{"list":', ',"operator":"listed"}'],
    ['{"attribute":"plan","operator":', "}"],
    ['{"attribute":"plan","operator":"in","value":', "}"],
    ['{"attribute":"spend","operator":"between","value":', "}"],
    ['{"attribute":"plan","operator":"is_set","weight":', "}"],
  ];
  return places.flatMap(([before, after]) =>
    values.map((value) => bomb("a misshapen rule", before + value + after, /^[a-z-]+$/)),
  );
}

function repeated(value: string, count: number): string {
  return Array.from({ length: count }, () => value).join(",");
}
