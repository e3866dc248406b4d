export const planes = ["console", "feed", "ingest", "operations"] as const;
export type Plane = (typeof planes)[number];

export type RequestMetrics = { count: (plane: Plane, status: number) => void; text: (build: string) => string };

/** Counts answers by plane and class of status, and writes them in Prometheus' text format. */
export function createRequestMetrics(): RequestMetrics {
  const counts = new Map<string, number>();
  return {
    count: (plane, status) => {
      const labels = `plane="${plane}",status="${Math.floor(status / 100)}xx"`;
      counts.set(labels, (counts.get(labels) ?? 0) + 1);
    },
    text: (build) => {
      const requests = [...counts].sort(([a], [b]) => a.localeCompare(b));
      return [
        ...metric("steward_build_info", "gauge", "The build that runs.", [[`version="${build}"`, 1]]),
        ...metric("process_uptime_seconds", "gauge", "Seconds since the process started.", [["", process.uptime()]]),
        ...metric("process_resident_memory_bytes", "gauge", "Resident memory.", [["", process.memoryUsage.rss()]]),
        ...metric("steward_requests_total", "counter", "Answers by plane and class of status.", requests),
        "",
      ].join("\n");
    },
  };
}

function metric(name: string, type: "gauge" | "counter", help: string, samples: [string, number][]): string[] {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(([labels, value]) => `${name}${labels && `{${labels}}`} ${value}`),
  ];
}
