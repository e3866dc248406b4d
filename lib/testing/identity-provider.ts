import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import Provider, { type Configuration } from "oidc-provider";
import { closeServer, listen, portOf } from "../server/listen";

export const testClient = { id: "steward", secret: "the secret of the client in tests" };

/** What the provider says of somebody, beside the subject. */
export type Account = {
  readonly email: string;
  readonly email_verified: boolean;
  readonly name: string;
  readonly groups?: readonly string[];
};

type Payload = JWTPayload & Readonly<Record<string, unknown>>;
/** Makes another token of an ID token that the provider issued. */
export type Forgery = (claims: Payload) => Promise<string>;

type SigningKey = { readonly privateKey: CryptoKey; readonly kid: string };

/**
 * `oidc-provider` on a port of its own, over real HTTP: whoever `signedIn` names is signed in without being asked.
 * While `forge` is set, it answers with forged ID tokens.
 */
export class TestIdentityProvider {
  readonly accounts = new Map<string, Account>();
  /** The subject of the next sign-in. */
  signedIn = "nobody";
  forge: Forgery | null = null;
  readonly issuer: string;
  readonly #server: Server;
  readonly #key: SigningKey;
  #handle: (request: IncomingMessage, response: ServerResponse) => Promise<void> = async () => undefined;

  private constructor(server: Server, key: SigningKey) {
    this.#server = server;
    this.#key = key;
    this.issuer = `http://127.0.0.1:${portOf(server)}`;
  }

  static async start(): Promise<TestIdentityProvider> {
    const started: { provider?: TestIdentityProvider } = {};
    const server = await listen(
      (request, response) => void started.provider?.answer(request, response),
      0,
      "127.0.0.1",
    );
    const { privateKey } = await generateKeyPair("RS256", { extractable: true });
    started.provider = new TestIdentityProvider(server, { privateKey, kid: "test" });
    return started.provider;
  }

  /** Registers Steward at `address`, which is known only once it runs. */
  async register(address: string): Promise<void> {
    const provider = new Provider(this.issuer, await this.#configuration(address));
    const callback = provider.callback();
    this.#handle = async (request, response) => {
      const uid = /^\/interaction\/([\w-]+)/.exec(request.url ?? "")?.[1];
      if (uid === undefined) return callback(request, response);
      await provider.interactionFinished(request, response, { login: { accountId: this.signedIn } });
    };
  }

  /** A token with the provider's own signature, whatever it says. */
  sign(claims: JWTPayload, key: SigningKey = this.#key): Promise<string> {
    return new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: key.kid }).sign(key.privateKey);
  }

  close(): Promise<void> {
    return closeServer(this.#server);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.forge && request.url === "/token") forgeAnswer(response, this.forge);
    await this.#handle(request, response);
  }

  async #configuration(address: string): Promise<Configuration> {
    const key = await exportJWK(this.#key.privateKey);
    return {
      clients: [
        {
          client_id: testClient.id,
          client_secret: testClient.secret,
          redirect_uris: [`${address}/api/auth/callback/oidc`],
          post_logout_redirect_uris: [`${address}/sign-in`],
          backchannel_logout_uri: `${address}/api/auth/backchannel-logout`,
        },
      ],
      jwks: { keys: [{ ...key, kid: this.#key.kid, alg: "RS256", use: "sig" }] },
      cookies: { keys: ["a key for cookies in tests"] },
      claims: { openid: ["sub", "groups"], email: ["email", "email_verified"], profile: ["name"] },
      features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
      // Its own dispatcher refuses to call this machine.
      fetch: (url, options) => {
        const direct = { ...options, dispatcher: undefined };
        return fetch(url, direct);
      },
      ttl: { AccessToken: 300, Grant: 300, IdToken: 300, Interaction: 300, Session: 300 },
      findAccount: (_ctx, accountId) => ({
        accountId,
        claims: () => ({ sub: accountId, ...this.accounts.get(accountId) }),
      }),
      interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
      loadExistingGrant: async ({ oidc }) => {
        const grant = new oidc.provider.Grant({ clientId: testClient.id, accountId: oidc.session?.accountId });
        grant.addOIDCScope("openid email profile");
        await grant.save();
        return grant;
      },
    };
  }
}

/** Puts a forged ID token into the answer that is about to be written. */
function forgeAnswer(response: ServerResponse, forge: Forgery): void {
  const end = response.end.bind(response);
  response.end = (body: unknown) => {
    const answer = JSON.parse(String(body));
    const claims = JSON.parse(Buffer.from(answer.id_token.split(".")[1], "base64url").toString());
    void forge(claims).then((idToken) => {
      const forged = JSON.stringify({ ...answer, id_token: idToken });
      response.setHeader("content-length", Buffer.byteLength(forged));
      end(forged);
    });
    return response;
  };
}
