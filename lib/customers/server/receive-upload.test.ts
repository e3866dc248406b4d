import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { receiveUpload } from "./receive-upload";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "steward-uploads-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** A form whose sender goes away within its file. */
function cutForm(field: string): Request {
  const head = `--edge\r\nContent-Disposition: form-data; name="${field}"; filename="a.csv"\r\n\r\ncustomer\r\n1`;
  const body = new ReadableStream({
    async start(controller) {
      controller.enqueue(new TextEncoder().encode(head));
      await pause(30);
      controller.error(new Error("aborted"));
    },
  });
  const headers = { "content-type": "multipart/form-data; boundary=edge" };
  return new Request("http://steward.test/", { ...{ method: "POST", headers, body }, ...{ duplex: "half" } });
}

test.each(["file", "other"])(
  "an upload cut off within the field %s is refused, leaves nothing and ends no process",
  async (field) => {
    const listeners = process.listeners("uncaughtException");
    const lost: unknown[] = [];
    process.removeAllListeners("uncaughtException").on("uncaughtException", (error) => lost.push(error));
    try {
      await expect(receiveUpload(cutForm(field), { root })).rejects.toMatchObject({ reason: "cut-upload" });
      await pause(20);
    } finally {
      process.removeAllListeners("uncaughtException");
      for (const listener of listeners) process.on("uncaughtException", listener);
    }
    expect(lost).toEqual([]);
    expect(await readdir(root)).toEqual([]);
  },
);
