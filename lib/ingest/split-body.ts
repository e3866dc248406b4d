/** A line of newline-delimited JSON or an element of an array, counted from 1; blank lines count and are not told. */
export type RawLine = { readonly line: number } & (
  | { readonly bytes: Uint8Array }
  | { readonly fault: "too-long" | "not-an-array" }
);

export type BodySplitter = {
  /** What ends within the chunk. */
  push(chunk: Uint8Array): RawLine[];
  /** What is left when the body has ended. */
  end(): RawLine[];
};

const [newline, space, quoteMark, comma, backslash] = [10, 32, 34, 44, 92];
const [openList, closeList, openObject, closeObject] = [91, 93, 123, 125];
const byteOrderMark = [0xef, 0xbb, 0xbf];

/** A body whose first character is a bracket is an array, any other newline-delimited. Holds `longest` bytes at most. */
export function splitBody(longest: number): BodySplitter {
  let splitter: BodySplitter | undefined;
  let seen = 0;
  return {
    push(chunk) {
      if (splitter) return splitter.push(chunk);
      let at = 0;
      while (at < chunk.length && isBefore(chunk[at], seen)) {
        seen += 1;
        at += 1;
      }
      if (at === chunk.length) return [];
      splitter = chunk[at] === openList ? splitArray(longest) : splitLines(longest, newlinesIn(chunk, at));
      return splitter.push(chunk.subarray(at));
    },
    end: () => splitter?.end() ?? [],
  };
}

function isBefore(byte: number | undefined, place: number): boolean {
  return byte !== undefined && (byte <= space || byteOrderMark[place] === byte);
}

function newlinesIn(chunk: Uint8Array, upTo: number): number {
  return chunk.subarray(0, upTo).filter((byte) => byte === newline).length;
}

function splitLines(longest: number, before: number): BodySplitter {
  const gathered = gather(longest);
  let line = before + 1;
  const ended = () => gathered.take(line++);
  return {
    push(chunk) {
      const lines: RawLine[] = [];
      let from = 0;
      for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, from)) {
        gathered.add(chunk.subarray(from, at));
        lines.push(...ended());
        from = at + 1;
      }
      gathered.add(chunk.subarray(from));
      return lines;
    },
    end: ended,
  };
}

function splitArray(longest: number): BodySplitter {
  const gathered = gather(longest);
  let line = 1;
  let depth = 0;
  let isText = false;
  let isEscaped = false;
  let isOver = false;
  let isFaulty = false;

  /** Whether the byte ends an element. */
  function see(byte: number): boolean {
    if (isEscaped) isEscaped = false;
    else if (isText) {
      if (byte === backslash) isEscaped = true;
      else if (byte === quoteMark) isText = false;
    } else if (byte === quoteMark) isText = true;
    else if (byte === openList || byte === openObject) depth += 1;
    else if (byte === closeList || byte === closeObject) {
      depth -= 1;
      isOver = depth === 0;
      return isOver;
    } else return byte === comma && depth === 1;
    return false;
  }

  return {
    push(chunk) {
      const lines: RawLine[] = [];
      if (isFaulty) return lines;
      let from = depth === 0 && !isOver ? 1 : 0;
      for (const [at, byte] of chunk.entries()) {
        if (isOver) {
          if (byte <= space) continue;
          isFaulty = true;
          return [...lines, { line, fault: "not-an-array" }];
        }
        if (!see(byte)) continue;
        gathered.add(chunk.subarray(from, at));
        lines.push(...gathered.take(line++));
        from = at + 1;
      }
      if (!isOver) gathered.add(chunk.subarray(from));
      return lines;
    },
    end: () => (isOver ? [] : [{ line, fault: "not-an-array" }]),
  };
}

/** The pieces of a line until it ends; of one that is too long nothing is kept. */
function gather(longest: number) {
  let pieces: Uint8Array[] = [];
  let length = 0;
  return {
    add(piece: Uint8Array): void {
      length += piece.length;
      if (length > longest) pieces = [];
      else if (piece.length > 0) pieces.push(piece);
    },
    take(line: number): RawLine[] {
      const [kept, bytes] = [pieces, length];
      pieces = [];
      length = 0;
      if (bytes > longest) return [{ line, fault: "too-long" }];
      const whole = joined(kept, bytes);
      return whole.every((byte) => byte <= space) ? [] : [{ line, bytes: whole }];
    },
  };
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = pieces;
  if (first && pieces.length === 1) return first;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
