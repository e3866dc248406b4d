import { listen, portOf } from "../../lib/server/listen";

type Bare = { readonly status: number; readonly headers: readonly string[]; readonly body: string };

/** What Node itself can do: sends what it was given, whoever asks for whatever. */
process.once("message", async ({ status, headers, body }: Bare) => {
  const bytes = Buffer.from(body, "base64");
  const server = await listen(
    (_, response) => {
      response.writeHead(status, [...headers]);
      response.end(status === 304 ? undefined : bytes);
    },
    0,
    "127.0.0.1",
  );
  process.send?.({ port: portOf(server) });
});
process.once("disconnect", () => process.exit());
