"use client";

import { Area, AreaChart, ResponsiveContainer, Tooltip, YAxis } from "recharts";
import { formatDay } from "@/components/ui/instant-format";
import { formatNumber } from "@/components/ui/number-format";
import { ChartTooltip } from "./chart-tooltip";

type TrendAreaProps = {
  /** What is counted, for the tooltip and for who cannot see it. */
  readonly label: string;
  readonly points: readonly { readonly at: number; readonly value: number }[];
  readonly height?: number;
  /** Counts of things go in steps. */
  readonly stepped?: boolean;
};

const leastSpan = 0.05;

/** As a sparkline, it spans at least 5 % of its value. */
function domainOf(values: readonly number[]): [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const missing = Math.max(0, (Math.abs(low + high) / 2) * leastSpan - (high - low)) / 2;
  const pad = (high - low + 2 * missing) * 0.08 || 1;
  return [low - missing - pad, high + missing];
}

/** A total's last days, wide and without axes: the shape matters, the ends are written below by whoever uses it. */
export function TrendArea({ label, points, height = 54, stepped }: TrendAreaProps) {
  if (points.length < 2) return null;
  return (
    <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 260, height }}>
      <AreaChart data={[...points]} margin={{ top: 2, right: 0, bottom: 0, left: 0 }} title={label}>
        <YAxis hide domain={domainOf(points.map(({ value }) => value))} allowDataOverflow />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: "var(--st-control-border)" }}
          content={({ active, payload }) => {
            const point: unknown = payload?.[0]?.payload;
            return active && isPoint(point) ? (
              <ChartTooltip
                title={formatDay(point.at)}
                rows={[{ label, color: "var(--st-data)", value: formatNumber(point.value) }]}
              />
            ) : null;
          }}
        />
        <Area
          dataKey="value"
          type={stepped ? "stepAfter" : "linear"}
          stroke="var(--st-data)"
          strokeWidth={1.5}
          fill="var(--st-data-fill)"
          fillOpacity={1}
          dot={false}
          activeDot={false}
          isAnimationActive={false}
        />
      </AreaChart>
    </ResponsiveContainer>
  );
}

function isPoint(value: unknown): value is { at: number; value: number } {
  return typeof value === "object" && value !== null && "at" in value && "value" in value;
}
