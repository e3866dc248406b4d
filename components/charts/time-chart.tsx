"use client";

import type { ReactNode } from "react";
import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatInstant, formatShortDay, formatTime } from "@/components/ui/instant-format";
import { formatNumber, formatShort } from "@/components/ui/number-format";
import { ChartHead } from "./chart-head";
import { ChartTooltip } from "./chart-tooltip";
import { niceTicks, timeTicks } from "./ticks";
import { lineColors, rangeOf, type TimeLine, type TimePoint } from "./time-series";

export type TimeChartProps = {
  readonly title: string;
  readonly unit?: string;
  /** The newest value, said beside the title. */
  readonly latest?: ReactNode;
  readonly points: readonly TimePoint[];
  readonly lines: readonly TimeLine[];
  /** Dashed red: what must not be passed. */
  readonly thresholds?: readonly { readonly value: number; readonly label: string }[];
  /** Dotted verticals: releases. */
  readonly marks?: readonly { readonly at: number; readonly label: string }[];
  readonly height?: number;
  /** A line may start above zero; rates and errors should not. */
  readonly fromZero?: boolean;
  readonly format?: (value: number) => string;
};

const axis = { tickLine: false, axisLine: false, tick: { fill: "var(--st-faint)", fontSize: 11 } } as const;
const dayMs = 86_400_000;

/** Lines over time: horizontal grid, few ticks, no dots, no animation. */
export function TimeChart(props: TimeChartProps) {
  const { points, lines, thresholds = [], marks = [], height = 150, format = formatNumber } = props;
  const data = points.map(({ at, values }) => ({ at, ...values }));
  const first = points[0]?.at ?? 0;
  const last = points.at(-1)?.at ?? 0;
  const limits = thresholds.map(({ value }) => value);
  const ticks = niceTicks(...rangeOf(points, limits, props.fromZero ?? false));
  const formatX = last - first > 2 * dayMs ? formatShortDay : formatTime;
  return (
    <figure>
      <ChartHead {...props} />
      <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 640, height }}>
        <LineChart data={data} margin={{ top: 6, right: 12, bottom: 0, left: 0 }} title={props.title}>
          <CartesianGrid vertical={false} stroke="var(--st-hairline)" />
          <XAxis
            {...axis}
            dataKey="at"
            type="number"
            domain={[first, last]}
            ticks={[...timeTicks(first, last)]}
            tickFormatter={formatX}
            height={22}
          />
          <YAxis
            {...axis}
            domain={[ticks[0] ?? 0, ticks.at(-1) ?? 1]}
            ticks={[...ticks]}
            tickFormatter={formatShort}
            width={44}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: "var(--st-control-border)" }}
            content={({ active, payload, label }) =>
              active ? (
                <ChartTooltip
                  title={formatInstant(Number(label))}
                  rows={lines.map((line) => ({
                    label: line.label,
                    color: lineColors[line.tone],
                    value: textOf(payload, line.key, format),
                  }))}
                />
              ) : null
            }
          />
          {marks.map((mark) => (
            <ReferenceLine
              key={`${mark.at} ${mark.label}`}
              x={mark.at}
              stroke="var(--st-faint)"
              strokeDasharray="1 3"
            />
          ))}
          {thresholds.map((threshold) => (
            <ReferenceLine key={threshold.label} y={threshold.value} stroke="var(--st-bad)" strokeDasharray="4 3" />
          ))}
          {lines.map((line) => (
            <Line
              key={line.key}
              dataKey={line.key}
              name={line.label}
              type="linear"
              stroke={lineColors[line.tone]}
              strokeWidth={1.5}
              dot={false}
              activeDot={false}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
    </figure>
  );
}

function textOf(
  payload: readonly { readonly dataKey?: unknown; readonly value?: unknown }[] | undefined,
  key: string,
  format: (value: number) => string,
): string {
  const value = payload?.find((entry) => entry.dataKey === key)?.value;
  return typeof value === "number" ? format(value) : "—";
}
