import pg from "pg";

export type ChannelHandlers = {
  readonly heard: (channel: string, payload: string) => void;
  /** Called at each connection, the first included: what was said in between was not heard. */
  readonly connected: () => Promise<void>;
};

const reconnectAfterMs = 1_000;

/** Listens to what PostgreSQL is told on the channels, and connects again whenever the connection is lost. */
export function listenToChannels(
  url: string,
  channels: readonly string[],
  handlers: ChannelHandlers,
): { close(): Promise<void> } {
  let closed = false;
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;

  async function listen(): Promise<void> {
    const next = new pg.Client({ connectionString: url, keepAlive: true });
    client = next;
    const lost = () => {
      if (closed || client !== next) return;
      client = undefined;
      next.end().catch(() => undefined);
      retry = setTimeout(() => void listen(), reconnectAfterMs);
    };
    next.on("error", lost);
    next.on("end", lost);
    next.on("notification", ({ channel, payload = "" }) => handlers.heard(channel, payload));
    try {
      await next.connect();
      await next.query(channels.map((channel) => `LISTEN ${channel}`).join("; "));
      await handlers.connected();
    } catch {
      lost();
    }
  }

  void listen();
  return {
    async close() {
      closed = true;
      clearTimeout(retry);
      await client?.end().catch(() => undefined);
    },
  };
}
