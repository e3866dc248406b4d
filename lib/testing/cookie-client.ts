/** A browser without pages: keeps the cookies of each origin and follows no redirect by itself. */
export class CookieClient {
  readonly #cookies: Map<string, Map<string, string>>;

  constructor(cookies: Iterable<readonly [string, Map<string, string>]> = []) {
    this.#cookies = new Map([...cookies].map(([origin, kept]) => [origin, new Map(kept)]));
  }

  /** Another browser with the same cookies. */
  copy(): CookieClient {
    return new CookieClient(this.#cookies);
  }

  async get(address: string): Promise<Response> {
    return this.#send(address, { method: "GET" });
  }

  async post(address: string, fields: Readonly<Record<string, string>> = {}): Promise<Response> {
    return this.#send(address, { method: "POST", body: new URLSearchParams(fields) });
  }

  /** Goes on to wherever it is sent, until a page answers or `stop` takes the address it is sent to. */
  async follow(address: string, stop: (address: string) => boolean = () => false): Promise<Followed> {
    let at = address;
    for (let hops = 0; hops < 20; hops++) {
      if (stop(at)) return { address: at, response: null };
      const response = await this.get(at);
      const location = response.headers.get("location");
      if (location === null) return { address: at, response };
      at = new URL(location, at).href;
    }
    throw new Error(`Sent round in circles from ${address}.`);
  }

  /** The Cookie header that is sent to an address. */
  cookies(address: string): string {
    const kept = this.#cookies.get(new URL(address).origin) ?? new Map<string, string>();
    return [...kept].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  forget(address: string): void {
    this.#cookies.delete(new URL(address).origin);
  }

  async #send(address: string, init: RequestInit): Promise<Response> {
    const { origin } = new URL(address);
    const headers = { cookie: this.cookies(address), origin, "sec-fetch-site": "same-origin" };
    const response = await fetch(address, { ...init, headers, redirect: "manual" });
    const kept = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, kept);
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      const isOver = value === "" || /;\s*max-age=0\b|;\s*expires=Thu, 01 Jan 1970/i.test(line);
      if (isOver) kept.delete(name);
      else kept.set(name, value);
    }
    return response;
  }
}

export type Followed = { readonly address: string; readonly response: Response | null };
