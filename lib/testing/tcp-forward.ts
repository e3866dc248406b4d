import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export type TcpForward = {
  readonly port: number;
  /** Where connections go from now on; null ends those there are and takes none. */
  to(port: number | null): void;
  close(): Promise<void>;
};

/** A port that stays the same while what is behind it comes and goes; each answer is cut after so many bytes. */
export async function forwardTcp(cutAfterBytes = Number.POSITIVE_INFINITY): Promise<TcpForward> {
  let target: number | null = null;
  const open = new Set<Socket>();
  const server = createServer((near) => {
    if (target === null) return near.destroy();
    const far = connect(target, "127.0.0.1");
    let left = cutAfterBytes;
    const end = () => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on("error", end);
      socket.on("close", () => {
        open.delete(socket);
        end();
      });
    }
    near.pipe(far);
    far.on("data", (bytes) => {
      near.write(bytes.subarray(0, left));
      left -= bytes.length;
      if (left <= 0) near.end();
    });
    far.on("end", () => near.end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    to(port) {
      target = port;
      if (port === null) for (const socket of open) socket.destroy();
    },
    close() {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** A port that nobody has at the moment. */
export async function freePort(): Promise<number> {
  const forward = await forwardTcp();
  await forward.close();
  return forward.port;
}
