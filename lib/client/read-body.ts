import { StewardError } from "./steward-error";

/** The body after unpacking. Stops reading at the first byte beyond `mostBytes`, so a bomb costs no more than that. */
export async function readBody(response: Response, mostBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of piecesOf(response)) {
      length += piece.length;
      if (length > mostBytes) throw oversized(mostBytes);
      pieces.push(piece);
    }
  } catch (error) {
    if (error instanceof StewardError) throw error;
    throw new StewardError("truncated", `The answer broke off after ${length} bytes.`, { cause: error });
  }
  return joined(pieces, length);
}

/** Not every runtime lets a ReadableStream be iterated. Ends the connection when its reader stops early. */
export async function* piecesOf({ body }: Response): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = body?.getReader();
  if (reader === undefined) return;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function oversized(mostBytes: number): StewardError {
  return new StewardError("oversized", `The answer has more than the ${mostBytes} bytes that it may have.`);
}
