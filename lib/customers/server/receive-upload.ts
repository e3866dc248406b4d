import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import busboy from "busboy";
import { storable } from "../../audit/mask";
import { DomainError } from "../../errors";

export type Upload = {
  readonly id: string;
  /** A folder of its own; `file` lies in it. */
  readonly folder: string;
  readonly file: string;
  readonly fileName: string;
  readonly bytes: number;
  readonly fields: Readonly<Record<string, string>>;
};

export type UploadOptions = {
  /** Uploads lie below it, each in a folder of its own. */
  readonly root: string;
  /** Called with each field as it comes; what it throws ends the upload. */
  readonly onField?: (name: string, value: string) => void;
  readonly maxBytes?: number;
};

const maxFileBytes = 20 * 1024 ** 3;
const maxFieldBytes = 1024 ** 2;

/** Writes the `file` of a multipart request to disk as it arrives; memory holds only what is on its way. */
export async function receiveUpload(request: Request, options: UploadOptions): Promise<Upload> {
  const { root, onField, maxBytes = maxFileBytes } = options;
  const id = randomUUID();
  const folder = join(root, id);
  const file = join(folder, "upload");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    return { id, folder, file, ...(await receive(request, file, maxBytes, onField)) };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

type Received = Pick<Upload, "fileName" | "bytes" | "fields">;

async function receive(
  request: Request,
  file: string,
  maxBytes: number,
  onField: UploadOptions["onField"],
): Promise<Received> {
  const parser = openParser(request, maxBytes);
  const fields: Record<string, string> = Object.create(null);
  let found: { fileName: string; bytes: number } | undefined;
  let writing: Promise<void> | undefined;
  let fault: unknown;
  parser.on("field", (name, value, { valueTruncated }) => {
    try {
      if (valueTruncated) throw refused("too-large", `The field "${name}" is larger than 1 MiB.`);
      fields[name] = value;
      onField?.(name, value);
    } catch (error) {
      fault ??= error;
      parser.destroy(error instanceof Error ? error : undefined);
    }
  });
  parser.on("file", (name, stream, { filename }) => {
    // A file that nobody writes fails too when the upload is cut off; unheard, that would end the process.
    stream.on("error", () => undefined);
    if (name !== "file" || found) {
      stream.resume();
      return;
    }
    const received = { fileName: storable(basename(filename || "file").slice(0, 200)), bytes: 0 };
    found = received;
    stream.on("data", (chunk: Buffer) => {
      received.bytes += chunk.length;
    });
    stream.on("limit", () => {
      fault ??= refused("too-large", `The file is larger than ${Math.floor(maxBytes / 1024 ** 2)} MiB.`);
      parser.destroy(new Error("too large"));
    });
    writing = pipeline(stream, createWriteStream(file, { mode: 0o600 }));
    writing.catch(() => undefined);
  });
  try {
    if (!request.body) throw new Error("no body");
    await pipeline(Readable.fromWeb(request.body as ReadableStream<Uint8Array>), parser);
    await writing;
  } catch (error) {
    if (fault) throw fault;
    throw refused("cut-upload", "The upload ended before its end. Nothing was changed; send it again.", error);
  }
  if (!found) throw refused("no-file", 'The form has no file under the name "file".');
  return { ...found, fields };
}

function openParser(request: Request, maxBytes: number): busboy.Busboy {
  const type = request.headers.get("content-type") ?? "";
  try {
    return busboy({
      headers: { "content-type": type },
      defParamCharset: "utf8",
      limits: { files: 1, fileSize: maxBytes, fields: 10, fieldSize: maxFieldBytes, parts: 12 },
    });
  } catch {
    throw refused("not-multipart", 'Send multipart/form-data with the file under the name "file".');
  }
}

function refused(reason: string, message: string, cause?: unknown): DomainError {
  const error = new DomainError("invalid", message, { reason });
  if (cause !== undefined) error.cause = cause;
  return error;
}
