import type { MantineColorsTuple } from "@mantine/core";

export const colors = {
  gray: ["#fafafb", "#f5f6f7", "#edeef1", "#e3e5e9", "#d3d6dc", "#a9aeb8", "#6e7480", "#565c68", "#333842", "#1b1e25"],
  dark: ["#e8eaee", "#c4c8d0", "#a3a9b4", "#7f8692", "#33373f", "#282b32", "#1d2026", "#131519", "#0e1013", "#08090b"],
  accent: [
    "#eff4ff",
    "#dfe8ff",
    "#c0d1ff",
    "#97b2ff",
    "#6c8ffb",
    "#3f68ec",
    "#2f5ae4",
    "#254ac6",
    "#1f3fa3",
    "#1b3683",
  ],
  green: ["#ecf8f1", "#d6f0e1", "#aee0c4", "#80cda3", "#52b983", "#2fa468", "#157a46", "#116639", "#0f5935", "#0b4529"],
  amber: ["#fff7e8", "#ffecc9", "#fdd994", "#f8c25a", "#eea92c", "#d98e0b", "#b67304", "#925a03", "#714603", "#573602"],
  red: ["#fff1f0", "#ffdfdd", "#fdbfbb", "#f7968f", "#ee6c64", "#e04a41", "#c9352c", "#a82a22", "#86231d", "#6a1d18"],
} satisfies Record<string, MantineColorsTuple>;
