import { defaultShouldDehydrateQuery, environmentManager, QueryClient } from "@tanstack/react-query";
import { isApiProblem } from "./fetch-json";

const staleAfterMs = 15_000;

function mayRetry(failures: number, error: Error): boolean {
  if (error.name === "ZodError") return false;
  if (isApiProblem(error) && error.status >= 400 && error.status < 500) return false;
  return failures < 2;
}

/** One per request on the server, one for the page's life in the browser. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: staleAfterMs, retry: mayRetry, refetchOnWindowFocus: true },
      mutations: { retry: false },
      dehydrate: { shouldDehydrateQuery: defaultShouldDehydrateQuery },
    },
  });
}

let browserClient: QueryClient | undefined;

export function queryClient(): QueryClient {
  if (environmentManager.isServer()) return createQueryClient();
  browserClient ??= createQueryClient();
  return browserClient;
}
