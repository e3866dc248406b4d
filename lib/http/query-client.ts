import { environmentManager, QueryCache, QueryClient } from "@tanstack/react-query";
import type { SessionEnd } from "../access/session-end";
import { isApiProblem } from "./fetch-json";

const staleAfterMs = 15_000;

function mayRetry(failures: number, error: Error): boolean {
  if (error.name === "ZodError") return false;
  if (isApiProblem(error) && error.status >= 400 && error.status < 500) return false;
  return failures < 2;
}

/** A read that finds nobody signed in leads to the sign-in. A failed change does not: it would lose what was typed. */
function signInAgain(error: Error): void {
  if (environmentManager.isServer() || !isApiProblem(error) || error.status !== 401) return;
  const { pathname, search } = window.location;
  if (error.code === ("person-disabled" satisfies SessionEnd)) leaveUnasked();
  window.location.assign(`/sign-in?${new URLSearchParams({ from: pathname + search, why: error.code })}`);
}

/** Whoever may not be here any more is not asked whether to stay for what is unsaved: it could not be saved. */
function leaveUnasked(): void {
  window.addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), { capture: true });
}

/** One per request on the server, one for the page's life in the browser. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: signInAgain }),
    defaultOptions: {
      queries: { staleTime: staleAfterMs, retry: mayRetry, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });
}

let browserClient: QueryClient | undefined;

export function queryClient(): QueryClient {
  if (environmentManager.isServer()) return createQueryClient();
  browserClient ??= createQueryClient();
  return browserClient;
}
