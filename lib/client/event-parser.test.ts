import fc from "fast-check";
import { expect, test } from "vitest";
import { createEventParser, type ServerSentEvent } from "./event-parser";

const text = [
  "retry: 2000\n\n: ♥\n\n",
  'id: c1\nevent: changes\ndata: {"a":1}\n\n',
  'event:head\r\ndata:{"b":\r\ndata: 2}\r\n\r\n',
  "data: no name\r\rid: only\n\nid: bad\0\ndata\ndata:\n\n",
].join("");
const events: ServerSentEvent[] = [
  { name: "changes", id: "c1", data: '{"a":1}' },
  { name: "head", data: '{"b":\n2}' },
  { name: "message", data: "no name" },
  { name: "message", data: "\n" },
];

test("events are the same however the text comes in pieces", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(text.length), { maxLength: 30 }), (cuts) => {
      const parse = createEventParser(1_000);
      const at = [0, ...cuts.sort((a, b) => a - b), text.length];
      const found = at.slice(1).flatMap((end, index) => parse(text.slice(at[index], end)));
      expect(found).toEqual(events);
    }),
  );
});

test("an event that goes on beyond its bound is not kept, in one line or in many", () => {
  expect(() => createEventParser(100)(`data: ${"x".repeat(200)}`)).toThrow(RangeError);
  const parse = createEventParser(100);
  expect(() => {
    for (let line = 0; line < 20; line += 1) parse("data: 12345\n");
  }).toThrow(RangeError);
  const short = createEventParser(100);
  for (let event = 0; event < 100; event += 1) expect(short("data: 12345\n\n")).toHaveLength(1);
});
