/** One server-sent event; `id` is absent where the event carries none of its own. */
export type ServerSentEvent = { readonly name: string; readonly id?: string; readonly data: string };

/**
 * Reads `text/event-stream` (HTML, 9.2.6) piece by piece; comments and `retry` are left out. Gives the events that each
 * piece completes. Throws a RangeError for an event of more than `mostCharacters`.
 */
export function createEventParser(mostCharacters: number): (piece: string) => ServerSentEvent[] {
  let rest = "";
  let fields: { name?: string; id?: string; data: string[] } = { data: [] };
  let held = 0;

  function take(line: string): ServerSentEvent | undefined {
    if (line === "") {
      const { name = "message", id, data } = fields;
      fields = { data: [] };
      held = 0;
      return data.length === 0 ? undefined : { name, ...(id !== undefined && { id }), data: data.join("\n") };
    }
    const [, field, value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    held += line.length;
    if (field === "data") fields.data.push(value);
    if (field === "event") fields.name = value;
    if (field === "id" && !value.includes("\0")) fields.id = value;
    return undefined;
  }

  return (piece) => {
    // A carriage return at the end may be the first half of a line's end.
    const lines = `${rest}${piece}`.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    if (held + rest.length > mostCharacters)
      throw new RangeError(`An event has more than ${mostCharacters} characters.`);
    return lines.flatMap((line) => take(line) ?? []);
  };
}
